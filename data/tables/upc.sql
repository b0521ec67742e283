-- One row per line of an unduplicated pupil count workbook, typed. The sheet tells a district's row from its district office's.
create or replace macro given(v) as case when lower(clean(v)) in ('n/a', 'na') then '' else whole(clean(v)) end;
create or replace temp table typed_rows as
with cleaned as (
    select row_number() over () + 1 as line, lower(clean(sheet)) as sheet, clean(academic_year) as year_text,
        padded(clean(county_code), 2) as county, padded(clean(district_code), 5) as district_code,
        padded(clean(school_code), 7) as school_code, clean(county_name) as county_name, clean(district_name) as district_name,
        given(school_name) as school_name, scope_of(given(charter)) as charter, given(total_enrollment) as total_text,
        given(unduplicated_pupils) as pupils_text
    from raw
)
select *, county || district_code || school_code as entity,
    case when starts_with(sheet, 'school') then 'school' when starts_with(sheet, 'lea') then 'district' end as level,
    -- A charter school stands in the sheet of agencies too; its row as a school is the one that is used.
    starts_with(sheet, 'school') or school_code = '0000000' as used,
    try_cast(substr(year_text, 6, 4) as smallint) as year, try_cast(total_text as bigint) as total_enrollment,
    try_cast(pupils_text as bigint) as unduplicated_pupils
from cleaned
