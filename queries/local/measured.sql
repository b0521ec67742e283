-- One row per measure, entity, month, service, student group and band: protected numerator and denominator, null where withheld or not brought.
select
    m.name as measure, n.entity, n.level, n.month, n.span, n.service, n.student_group, n.band,
    case when n.status = 'published' then n.value end as numerator,
    case when d.status = 'published' then d.value end as denominator,
    case
        when n.status <> 'published' then 'withheld'
        when m.denominator is not null and d.fact is null then 'no_denominator'
        when m.denominator is not null and d.status <> 'published' then 'withheld'
        else 'published'
    end as status
from measures as m
join facts as f on f.fact = m.numerator
join cells as n on n.fact = m.numerator and n.span = coalesce($span, m.span)
left join facts as w on w.fact = m.denominator
left join cells as d
    on d.fact = m.denominator and d.entity = n.entity and d.month = n.month and d.student_group = n.student_group
    and d.span = case when w.spans like '%' || n.span || '%' then n.span else 'ytd' end
    and d.service = case when w.services like '%pillars%' then n.service else 'all' end
    and d.band = case when w.bands = f.bands then n.band else 'all' end
where n.entity = any($entities) and m.name = any($measures) and ($months is null or n.month = any($months))
order by m.name, n.entity, n.month, n.service, n.student_group, n.band
