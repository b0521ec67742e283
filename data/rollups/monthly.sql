-- One row per student, school and month with days of that month, where its school is counted by months: tenths of days.
select
    m.student,
    m.school,
    m.year,
    m.month,
    m.expected,
    m.attended,
    m.excused,
    m.unexcused,
    m.suspended,
    m.incomplete
from daily_months as m
join attendance_months as a on a.school = m.school and a.year = m.year and a.kind = 'days' and a.counted
union all
select
    m.student,
    a.school,
    a.year,
    m.month,
    cast(sum(m.expected) as bigint) as expected,
    cast(sum(m.attended) as bigint) as attended,
    cast(sum(m.excused) as bigint) as excused,
    cast(sum(m.unexcused) as bigint) as unexcused,
    cast(sum(m.suspended) as bigint) as suspended,
    cast(sum(m.incomplete) as bigint) as incomplete
from attendance as m
join closed_months as c on c.month = m.month
join attendance_months as a on a.school = cast(m.school as bigint) and a.year = c.year and a.kind = 'month' and a.counted
where m.kind = 'month' and not coalesce(m.exempt, false)
group by m.student, a.school, a.year, m.month
