-- One row per school or LEA and day that is asked about: how many school days there were up to it. An LEA is open when any of its
-- schools is; a day without school has the number of the last day before it.
select level, entity, day, sum(open) over (partition by level, entity order by day) as number
from (
    select l.level, cast(d.school as bigint) // l.size * l.size as entity, d.day, max(d.open) as open
    from (
        select school, day, 1 as open from calendar
        union all
        select school, day, 0 as open from discipline
        union all
        select school, referred as day, 0 as open from services where referral is not null and referred is not null
        union all
        select school, day, 0 as open from services where referral is not null and delivered and day is not null
        union all
        select s.school, c.last_day as day, 0 as open
        from (select distinct school from services where referral is not null) as s
        cross join closed_months as c
    ) as d
    cross join levels as l
    group by l.level, cast(d.school as bigint) // l.size * l.size, d.day
) as asked
