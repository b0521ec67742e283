-- One row per student, school and month: tenths of days of that month (kind month) or of the year so far (kind to_date).
create table attendance as
with read as (
  select n.student, a.school,
    case when a.month is not null then a.month
         when a.as_of is not null then year(a.as_of) * 100 + month(a.as_of)
         when a.of_year < $year then a.of_year * 100 + 6 else $through end as month,
    case when a.month is not null then 'month' else 'to_date' end as kind,
    a.expected, a.attended, coalesce(a.excused, 0) as excused, coalesce(a.unexcused, 0) as unexcused,
    coalesce(a.suspended, 0) as suspended, coalesce(a.in_school, 0) as in_school, coalesce(a.incomplete, 0) as incomplete,
    a.absent, coalesce(a.exempt, 'no') = 'yes' as exempt
  from clean_attendance as a join student_numbers as n on n.key = a.student
  where a.kept),
filled as (
  select student, school, month, kind, excused, unexcused, suspended, in_school, incomplete, exempt,
    coalesce(expected, attended + coalesce(absent, excused + unexcused + suspended + incomplete)) as expected,
    coalesce(attended, expected - coalesce(absent, excused + unexcused + suspended + incomplete)) as attended
  from read)
-- In-school suspension days are inside the days attended (CALPADS, 11 May 2017). Records of a student at a school are added.
select student, school, cast(month as integer) as month, kind, cast(sum(expected) as bigint) as expected,
  cast(sum(attended) as bigint) as attended, cast(sum(excused) as bigint) as excused,
  cast(sum(unexcused) as bigint) as unexcused, cast(sum(suspended) as bigint) as suspended,
  cast(sum(in_school) as bigint) as in_school, cast(sum(incomplete) as bigint) as incomplete, bool_and(exempt) as exempt
from filled where expected is not null and attended is not null
group by student, school, month, kind
