-- One row per place, closed month, span and service: services delivered, headcounts by their heads.
with delivered as (
    select
        case when grouping(school) = 1 then 'district' else 'school' end as level,
        coalesce(school, lea * 10000000) as entity,
        case when grouping(pillar) = 0 then pillar when grouping(category) = 0 then category else 'all' end as service,
        year,
        month,
        cast(sum(contacts) as bigint) as contacts
    from (select school, school // 10000000 as lea, pillar, category, year, month, contacts from service_contacts) as heads
    group by grouping sets (
        (lea, school, year, month), (lea, school, pillar, year, month), (lea, school, category, year, month),
        (lea, year, month), (lea, pillar, year, month), (lea, category, year, month)
    )
)
select 'contacts' as fact, p.level, p.entity, p.month, p.span, p.service, 'TA' as student_group, 'all' as band,
    cast(coalesce(sum(d.contacts), 0) as bigint) as value
from (
    select e.level, e.entity, k.year, k.month, s.span, l.service
    from local_places as e
    join covered as k on k.feed = 'services' and k.lea = e.lea and k.year = e.year
    cross join (values ('month'), ('ytd')) as s(span)
    cross join service_list as l
) as p
left join delivered as d
    on d.level = p.level
    and d.entity = p.entity
    and d.service = p.service
    and d.year = p.year
    and (d.month = p.month or (p.span = 'ytd' and d.month < p.month))
group by p.level, p.entity, p.month, p.span, p.service
