-- One row per school or LEA and referral: the day it was made, of its first service since, and of its documented outcome.
select
    case when grouping(school) = 1 then 'district' else 'school' end as level,
    coalesce(school, lea * 10000000) as entity,
    referral,
    min(referred) as referred,
    min(case when delivered and day >= referred then day end) as served,
    min(case when outcome <> '' then coalesce(closed, day, referred) end) as closed
from (
    select
        cast(school as bigint) as school,
        cast(school as bigint) // 10000000 as lea,
        referral,
        min(referred) over (partition by school, referral) as referred,
        delivered,
        day,
        closed,
        outcome
    from services
    where referral is not null
) as log
where referred is not null
group by grouping sets ((lea, school, referral), (lea, referral))
