-- One row per place, closed month, span, service and student group: distinct students with a delivered service.
with firsts as (
    select level, entity, student, service, year, min(month) as month
    from services_reached
    group by level, entity, student, service, year
),
served as (
    select c.level, c.entity, c.month, c.year, 'ytd' as span, c.student, f.service
    from counted_students as c
    join firsts as f
        on f.level = c.level and f.entity = c.entity and f.student = c.student and f.year = c.year and f.month <= c.month
    union all
    select c.level, c.entity, c.month, c.year, 'month' as span, c.student, r.service
    from counted_students as c
    join services_reached as r
        on r.level = c.level and r.entity = c.entity and r.student = c.student and r.month = c.month
),
places as (
    select c.level, c.entity, c.month, c.year, s.span
    from (select distinct level, entity, month, year from counted_students) as c
    join covered as k on k.feed = 'services' and k.keyed = 1 and k.lea = c.entity // 10000000 and k.month = c.month
    cross join (values ('month'), ('ytd')) as s(span)
)
select 'served' as fact, p.level, p.entity, p.month, p.span, l.service, 'TA' as student_group, 'all' as band,
    coalesce(c.value, 0) as value
from places as p
cross join service_list as l
left join (
    select level, entity, month, span, service, count(*) as value
    from served
    group by level, entity, month, span, service
) as c on c.level = p.level and c.entity = p.entity and c.month = p.month and c.span = p.span and c.service = l.service
union all
select 'served' as fact, p.level, p.entity, p.month, p.span, 'all' as service, g.student_group, 'all' as band,
    coalesce(c.value, 0) as value
from places as p
join (
    select distinct c.level, c.entity, c.month, g.student_group
    from counted_students as c
    join grouped_students as g on g.level = c.level and g.entity = c.entity and g.student = c.student
    where c.year = $year
) as g on g.level = p.level and g.entity = p.entity and g.month = p.month
left join (
    select s.level, s.entity, s.month, s.span, g.student_group, count(*) as value
    from served as s
    join grouped_students as g on g.level = s.level and g.entity = s.entity and g.student = s.student
    where s.service = 'all' and s.year = $year
    group by s.level, s.entity, s.month, s.span, g.student_group
) as c
    on c.level = p.level
    and c.entity = p.entity
    and c.month = p.month
    and c.span = p.span
    and c.student_group = g.student_group
