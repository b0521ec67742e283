-- One row per place and closed month: students whose family had a home visit or a conference so far.
select 'family_contacted' as fact, c.level, c.entity, c.month, 'ytd' as span, 'all' as service, 'TA' as student_group,
    'all' as band, count(*) filter (where r.month <= c.month) as value
from counted_students as c
join covered as k on k.feed = 'services' and k.keyed = 1 and k.lea = c.entity // 10000000 and k.month = c.month
left join (
    select level, entity, student, year, min(month) as month
    from services_reached
    where service in ('home_visit', 'family_conference')
    group by level, entity, student, year
) as r on r.level = c.level and r.entity = c.entity and r.student = c.student and r.year = c.year
group by c.level, c.entity, c.month
