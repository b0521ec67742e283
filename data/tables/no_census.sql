-- One row per place, year and student group of census-day enrollment: none, for a build without its files.
create view census_day_enrollment as
select null::smallint as year, null::varchar as level, null::varchar as entity, null::varchar as student_group,
    null::bigint as total_enrollment
where false
