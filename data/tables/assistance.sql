-- One row per line of an assistance status workbook, typed: its status by year, and the marks of its student groups.
create or replace temp table typed_rows as
with cleaned as (
    select row_number() over () + 1 as line, program, padded(clean(cds), 14) as cds_text, whole(clean(report_year)) as year_text,
        given(total_groups) as total_text, [m for m in marks if m.mark not in ('', '0')] as marks,
        [s for s in statuses if s.status <> ''] as statuses
    from whole_rows
)
select *, cds_text as entity, substr(cds_text, 1, 2) as county, if(substr(cds_text, 8) = '0000000', 'district', 'school') as level,
    try_cast(year_text as smallint) as year
from cleaned
