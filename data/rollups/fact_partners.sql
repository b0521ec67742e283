-- One row per place, closed month and service (all, pillar): partners with a delivered service in the last 90 days of the month.
select 'partners_active' as fact, p.level, p.entity, p.month, 'ytd' as span, p.service, 'TA' as student_group, 'all' as band,
    coalesce(a.value, 0) as value
from (
    select e.level, e.entity, k.month, l.service
    from local_places as e
    join covered as k on k.feed = 'services' and k.lea = e.lea and k.year = e.year
    join (
        select distinct cast(school as bigint) // 10000000 as lea
        from services
        where provider is not null
    ) as named on named.lea = e.lea
    cross join service_list as l
    where l.service = 'all' or l.service like 'PIL%'
) as p
left join (
    select
        l.level,
        s.school // l.size * l.size as entity,
        s.month,
        case k.kind when 'pillar' then s.pillar else 'all' end as service,
        count(distinct s.provider) as value
    from (
        select distinct cast(s.school as bigint) as school, s.pillar, s.provider, c.month
        from services as s
        join closed_months as c on s.day > c.last_day - 90 and s.day <= c.last_day
        where s.delivered and s.provider is not null
    ) as s
    cross join levels as l
    cross join (values ('all'), ('pillar')) as k(kind)
    group by l.level, s.school // l.size * l.size, s.month, case k.kind when 'pillar' then s.pillar else 'all' end
) as a on a.level = p.level and a.entity = p.entity and a.month = p.month and a.service = p.service
