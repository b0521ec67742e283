-- One row per feed and school: records of this school year, and those with a valid student (or headcount), date and type.
create table feeds as
with records as (
  select 'attendance' as feed, school, student is not null and coalesce(expected, attended) is not null
    and coalesce(attended, absent, excused, unexcused) is not null as complete from clean_attendance where kept and of_year = $year
  union all select 'attendance', school, student is not null and date is not null and coalesce(code, event) is not null
  from clean_days where kept and of_year = $year
  union all select 'discipline', r.school, r.student is not null and r.result is not null and coalesce(r.date, i.day) is not null
  from clean_result as r left join (
    select school, incident, student, min(date) as day from clean_incident where kept group by school, incident, student) as i
    on i.school = r.school and i.incident = r.incident and i.student = r.student
  where r.kept and r.of_year = $year
  union all select 'discipline', i.school, i.student is not null and i.incident is not null and i.date is not null
  from clean_incident as i where i.kept and i.of_year = $year
  union all select 'services', school, (student is not null or headcount is not null) and coalesce(date, referred) is not null
    and coalesce(category, type) is not null from clean_services where kept and of_year = $year
  union all select 'students', school, student is not null and grade is not null from clean_students where kept and of_year = $year)
select feed, school, count(*) as records, count(*) filter (where complete) as complete from records group by feed, school
