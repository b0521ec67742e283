-- One row per student, school and month: tenths of days of that month (kind month) or of the year so far (kind to_date).
create table attendance as
with read as (
  select n.student, a.school, a.file, a.as_of,
    -- A snapshot is of the month it was made in, at most of the last month of its year and of the last month closed.
    case when a.month is not null then a.month
         else least(coalesce(year(a.as_of) * 100 + month(a.as_of), 999912), a.of_year * 100 + 6,
           case when a.of_year = $year then $through else 999912 end) end as month,
    case when a.month is not null then 'month' else 'to_date' end as kind,
    a.expected, a.attended, coalesce(a.excused, 0) as excused, coalesce(a.unexcused, 0) as unexcused,
    coalesce(a.suspended, 0) as suspended, coalesce(a.in_school, 0) as in_school, coalesce(a.incomplete, 0) as incomplete,
    a.absent, coalesce(a.exempt, 'no') = 'yes' as exempt
  from clean_attendance as a join student_numbers as n on n.key = a.student
  where a.kept),
filled as (
  select student, school, file, as_of, month, kind, excused, unexcused, suspended, in_school, incomplete, exempt,
    coalesce(expected, attended + coalesce(absent, excused + unexcused + suspended + incomplete)) as expected,
    coalesce(attended, expected - coalesce(absent, excused + unexcused + suspended + incomplete)) as attended
  from read),
-- Two files about one student, school and month are two states of the same figures: the later one counts.
latest as (
  select *, dense_rank() over (partition by student, school, month, kind order by as_of desc nulls last, file desc) as age
  from filled where expected is not null and attended is not null)
-- In-school suspension days are inside the days attended (CALPADS, 11 May 2017). Records of a student at a school are added.
select student, school, cast(month as integer) as month, kind, cast(sum(expected) as bigint) as expected,
  cast(sum(attended) as bigint) as attended, cast(sum(excused) as bigint) as excused,
  cast(sum(unexcused) as bigint) as unexcused, cast(sum(suspended) as bigint) as suspended,
  cast(sum(in_school) as bigint) as in_school, cast(sum(incomplete) as bigint) as incomplete, bool_and(exempt) as exempt
from latest where age = 1
group by student, school, month, kind
