-- One row per student, school and closed month: tenths of days from the start of the school year to the end of the month, and
-- those of the month itself (null where they cannot be told).
select
    r.student,
    r.school,
    r.year,
    c.month,
    r.expected,
    r.attended,
    r.excused,
    r.unexcused,
    r.suspended,
    r.incomplete,
    case when c.month = r.month then r.month_expected else 0 end as month_expected,
    case when c.month = r.month then r.month_attended else 0 end as month_attended
from running as r
join attendance_months as a on a.school = r.school and a.year = r.year and a.counted
join closed_months as c on c.year = r.year and c.month >= r.month and c.month <= a.last_month
where r.next_month is null or c.month < r.next_month
union all
select
    d.student,
    d.school,
    s.year,
    s.month,
    d.expected,
    d.attended,
    d.excused,
    d.unexcused,
    d.suspended,
    d.incomplete,
    case when s.before is not null then d.expected - coalesce(b.expected, 0) end as month_expected,
    case when s.before is not null then d.attended - coalesce(b.attended, 0) end as month_attended
from snapshots as s
join snapshot_days as d on d.school = s.school and d.month = s.snapshot
left join snapshot_days as b on b.school = s.school and b.month = s.before and b.student = d.student
