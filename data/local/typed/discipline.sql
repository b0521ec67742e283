-- One row per student, incident and result: tenths of days. An incident without a result has result none.
create table discipline as
with incidents as (
  select school, of_year, incident, student, min(date) as day from clean_incident
  where kept and incident is not null and student is not null group by school, of_year, incident, student),
results as (
  select school, of_year, incident, student, date, result, days, offense from clean_result
  where kept and incident is not null and student is not null),
offenses as (
  select school, incident, student, bool_and(offense = 'defiance') as only_defiance from (
    select school, incident, student, offense from clean_offense where kept and offense is not null
    union all select school, incident, student, offense from results where offense is not null) as o
  group by school, incident, student),
joined as (
  select coalesce(r.school, i.school) as school, coalesce(r.incident, i.incident) as incident,
    coalesce(r.student, i.student) as student, coalesce(r.date, i.day) as day, coalesce(r.of_year, i.of_year) as of_year,
    case when r.incident is null then 'none' else r.result end as result, coalesce(r.days, 0) as days
  from incidents as i full outer join results as r
    on r.school = i.school and r.of_year = i.of_year and r.incident = i.incident and r.student = i.student)
select n.student, j.school, j.incident, j.day, j.result, j.days, coalesce(o.only_defiance, false) as defiance
from joined as j join student_numbers as n on n.key = j.student
  left join offenses as o on o.school = j.school and o.incident = j.incident and o.student = j.student
where j.result is not null and (j.day is null or j.day <= $today)
