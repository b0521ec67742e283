-- One row per line of the grantee list: a grant, typed. Of a list of suggestions only the lines that a person accepted.
create or replace temp table listed as
with cleaned as (
    select row_number() over () + 1 as line, regexp_replace(given(cds_code), '[- ]', '', 'g') as digits,
        trim(regexp_replace(lower(given(grant_type)), ' grant$', '')) as grant_type,
        try_cast(whole(regexp_replace(lower(given(cohort)), '^cohort ', '')) as smallint) as cohort,
        given(cohort) <> '' as has_cohort, given(starts_on) as start_text, given(ends_on) as end_text,
        lower(given(accept)) as accept, given(list_line) as list_line
    from whole_rows
)
select *, case when regexp_full_match(digits, '[0-9]{13}') then '0' || digits
    when regexp_full_match(digits, '[0-9]{7}') then digits || '0000000'
    when regexp_full_match(digits, '[0-9]{6}') then '0' || digits || '0000000' else digits end as entity,
    length(digits) in (6, 13) as padded, if(is_office(entity), 'district', 'school') as level,
    first_school_year(start_text)::smallint as starts, last_school_year(end_text)::smallint as ends,
    refuses(accept) as left_out
from cleaned;
create or replace temp view typed_rows as select * from listed where not left_out
