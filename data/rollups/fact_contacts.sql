-- One row per place, closed month, span and service: services delivered, headcounts by their heads.
with delivered as (
    select
        l.level,
        c.school // l.size * l.size as entity,
        case k.kind when 'pillar' then c.pillar when 'category' then c.category else 'all' end as service,
        c.year,
        c.month,
        c.contacts
    from service_contacts as c
    cross join levels as l
    cross join (values ('all'), ('pillar'), ('category')) as k(kind)
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
