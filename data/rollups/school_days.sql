-- One row per school or LEA and day that is asked about: how many school days there were up to it. An LEA is open when any of its
-- schools is; a day without school has the number of the last day before it.
select level, entity, day, sum(open) over (partition by level, entity order by day) as number
from (
    select
        case when grouping(school) = 1 then 'district' else 'school' end as level,
        coalesce(school, lea * 10000000) as entity,
        day,
        max(open) as open
    from (
        select cast(school as bigint) as school, cast(school as bigint) // 10000000 as lea, day, 1 as open from calendar
        union all
        select cast(school as bigint) as school, cast(school as bigint) // 10000000 as lea, day, 0 as open from discipline
        union all
        select cast(school as bigint) as school, cast(school as bigint) // 10000000 as lea, referred as day, 0 as open
        from services
        where referral is not null and referred is not null
        union all
        select cast(school as bigint) as school, cast(school as bigint) // 10000000 as lea, day, 0 as open
        from services
        where referral is not null and delivered and day is not null
        union all
        select s.school, s.school // 10000000 as lea, c.last_day as day, 0 as open
        from (select distinct cast(school as bigint) as school from services where referral is not null) as s
        cross join closed_months as c
    ) as days
    group by grouping sets ((lea, school, day), (lea, day))
) as asked
