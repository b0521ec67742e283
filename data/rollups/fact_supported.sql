-- One row per place and closed month: chronically absent students with a support in the last 30 days of the month.
select 'chronic_supported' as fact, e.level, e.entity, e.month, 'ytd' as span, 'all' as service, 'TA' as student_group,
    'all' as band, count(*) filter (where e.chronic and s.month is not null) as value
from enrolled_students as e
join covered as k on k.feed = 'services' and k.keyed = 1 and k.lea = e.entity // 10000000 and k.month = e.month
left join (
    select distinct r.level, r.entity, r.student, c.month
    from services_reached as r
    join closed_months as c on r.supported > c.last_day - 30 and r.supported <= c.last_day
    where r.service = 'all'
) as s on s.level = e.level and s.entity = e.entity and s.student = e.student and s.month = e.month
group by e.level, e.entity, e.month
