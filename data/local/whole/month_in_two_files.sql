-- One row per school, year and month (none: the year so far) of which several files hold the same students.
select file, cast(null as bigint) as record, cast(files as varchar) as value from (
  select max(last_file) as file, max(files) as files from (
    select student, school, of_year, coalesce(month, year(as_of) * 100 + month(as_of), 0) as period,
      max(file) as last_file, count(distinct file) as files
    from clean_attendance where kept and student is not null
    group by student, school, of_year, coalesce(month, year(as_of) * 100 + month(as_of), 0)) as s
  where files > 1 group by school, of_year, period) as m
order by file
