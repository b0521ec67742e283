-- One row per line of a California School Dashboard file, typed: counts, rates in tenths, levels as small numbers, flags.
create or replace macro flag_of(v) as case when upper(clean(v)) in ('Y', 'YES', '1', 'TRUE') then true
    when upper(clean(v)) in ('N', 'NO', '0', 'FALSE') then false end;
create or replace temp table typed_rows as
with cleaned as (
    -- The line is counted here: what stands below puts the rows into another order.
    select row_number() over () + 1 as line, upper(clean(rtype)) as rtype, padded(clean(cds), 14) as cds, clean(county_name) as county_name,
        clean(district_name) as district_name, clean(school_name) as school_name, upper(clean(school_type)) as school_type,
        flag_of(charter_flag) as charter_flag, flag_of(dass_flag) as dass_flag, flag_of(smalldenom) as small_denominator,
        flag_of(currnsizemet) as n_size_met, flag_of(priornsizemet) as prior_n_size_met,
        flag_of(accountabilitymet) as accountability_met, coalesce(flag_of(dataerrorflag), false) as forced,
        whole(clean(priornumer)) as prior_numer_text, whole(clean(priordenom)) as prior_denom_text,
        try_cast(upper(clean(studentgroup)) as group_word) as student_group, whole(clean(reportingyear)) as year_text,
        whole(clean(currnumer)) as numer_text, whole(clean(currdenom)) as denom_text, clean(currstatus) as rate_text,
        clean(change) as change_text, whole(clean(statuslevel)) as status_level_text,
        whole(clean(changelevel)) as change_level_text, whole(clean(color)) as color_text, whole(clean(box)) as box_text
    from whole_rows
),
numbered as (
    select * exclude (prior_numer_text, prior_denom_text), try_cast(numer_text as bigint) as currnumer,
        try_cast(denom_text as bigint) as currdenom, try_cast(prior_numer_text as bigint) as prior_numer,
        try_cast(prior_denom_text as bigint) as prior_denom,
        try_cast(floor(try_cast(rate_text as double) * 10 + 0.5) as integer) as rate_tenths,
        try_cast(round(try_cast(change_text as double) * 10) as integer) as change_tenths,
        if(rtype = 'X', '00000000000000', cds) as entity
    from cleaned
)
select * exclude (currnumer, currdenom, cds, numer_text, denom_text), cds as cds_text, numer_text, denom_text,
    currnumer as numer_printed, currdenom as denom_printed,
    try_cast(year_text as smallint) as year,
    case when rtype = 'X' then 'state' when substr(entity, 8) = '0000000' then 'district' else 'school' end::level_word as level,
    if(rtype = 'X', '', substr(entity, 1, 2)) as county,
    -- A group of ten or fewer is withheld whether its counts are blank or, in some years, its denominator is printed.
    case when currdenom = 0 then 'not_published' when currdenom is null or currdenom < 11 then 'withheld'
        when currnumer = 0 then 'zero' else 'published' end::status_word as status,
    if(currdenom >= 11, currnumer, null) as currnumer, if(currdenom >= 11, currdenom, null) as currdenom,
    -- A charter school that is an agency of its own stands in the file twice; its row as a school is the one that is used. A
    -- district office that is listed as a school never stands for its district.
    rtype = 'D' and substr(entity, 8) <> '0000000' as own_agency,
    row_number() over (partition by entity, student_group order by (rtype = 'S') = (substr(entity, 8) <> '0000000') desc) = 1 as used,
    try_cast(status_level_text as utinyint) as status_level, try_cast(change_level_text as utinyint) as change_level,
    try_cast(color_text as utinyint) as color, try_cast(box_text as utinyint) as box
from numbered
