-- One row per school, school year and kind of attendance record: whether it is the one counted, and through which month.
-- A school that brings two kinds is counted by the one that reaches furthest: daily rows, then monthly ones, then snapshots.
select
    school,
    year,
    kind,
    row_number() over (partition by school, year order by last_month desc, kind) = 1 as counted,
    max(last_month) over (partition by school // 10000000, year) as last_month
from (
    select school, year, 'days' as kind, max(month) as last_month
    from daily_months
    group by school, year
    union all
    select cast(a.school as bigint) as school, c.year, a.kind, max(a.month) as last_month
    from attendance as a
    join closed_months as c on c.month = a.month
    group by cast(a.school as bigint), c.year, a.kind
) as kinds
