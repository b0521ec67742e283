-- One row per file: districts that have a row, districts that have schools, districts that have both.
with d as (
    select distinct substr(entity, 1, 7) as code from named where level = 'district'
),
s as (
    select distinct substr(entity, 1, 7) as code from named where level = 'school'
)
select (select count(*) from d) as districts, (select count(*) from s) as schools,
    (select count(*) from d join s using (code)) as both
