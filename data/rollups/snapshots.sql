-- One row per school counted by snapshots and closed month: the last snapshot at or before it in the school year, and the one
-- of the month before where both are there, so that their difference is this month's days (0: nothing came before).
select
    held.school,
    held.year,
    held.month,
    held.snapshot,
    case
        when held.snapshot < held.month then null
        when held.month % 100 in (7, 8) and earlier.month is null then 0
        else earlier.month
    end as before
from (
    select a.school, c.year, c.month, max(s.month) as snapshot
    from attendance_months as a
    join closed_months as c on c.year = a.year and c.month <= a.last_month
    join (select distinct school, month from snapshot_days) as s
        on s.school = a.school and s.month <= c.month and s.month > (a.year - 1) * 100 + 6
    where a.kind = 'to_date' and a.counted
    group by a.school, c.year, c.month
) as held
left join (select distinct school, month from snapshot_days) as earlier
    on earlier.school = held.school
    and earlier.month = case when held.month % 100 = 1 then held.month - 89 else held.month - 1 end
    and held.month % 100 <> 7
