-- One row per school or LEA and referral: the day it was made, of its first service since, and of its documented outcome.
select
    level,
    entity,
    referral,
    min(referred) as referred,
    min(case when delivered and day >= referred then day end) as served,
    min(case when outcome <> '' then coalesce(closed, day, referred) end) as closed
from (
    select
        l.level,
        cast(s.school as bigint) // l.size * l.size as entity,
        s.referral,
        min(s.referred) over (partition by l.level, s.school, s.referral) as referred,
        s.delivered,
        s.day,
        s.closed,
        s.outcome
    from services as s
    cross join levels as l
    where s.referral is not null
) as log
where referred is not null
group by level, entity, referral
