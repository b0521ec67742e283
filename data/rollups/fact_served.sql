-- One row per place, closed month, span, service and student group: distinct students with a delivered service. Students with the
-- same months are counted together first; 4096 less the lowest bit is every month from the first one on.
with together as (
    select
        r.level,
        r.entity,
        r.year,
        r.service,
        'TA' as student_group,
        r.months & c.months as in_month,
        (4096 - (r.months & -r.months)) & c.months as so_far,
        count(*) as students
    from services_reached as r
    join counted_months as c on c.level = r.level and c.entity = r.entity and c.student = r.student and c.year = r.year
    group by
        r.level, r.entity, r.year, r.service, r.months & c.months, (4096 - (r.months & -r.months)) & c.months
    union all
    select
        c.level,
        c.entity,
        c.year,
        'all' as service,
        g.student_group,
        coalesce(r.months, 0) & c.months as in_month,
        case when r.months is null then 0 else (4096 - (r.months & -r.months)) & c.months end as so_far,
        count(*) as students
    from counted_months as c
    join grouped_students as g on g.level = c.level and g.entity = c.entity and g.student = c.student
    left join services_reached as r
        on r.level = c.level and r.entity = c.entity and r.student = c.student and r.year = c.year and r.service = 'all'
    where c.year = $year
    group by
        c.level,
        c.entity,
        c.year,
        g.student_group,
        coalesce(r.months, 0) & c.months,
        case when r.months is null then 0 else (4096 - (r.months & -r.months)) & c.months end
),
wanted as (
    select p.level, p.entity, p.year, p.month, p.bit, l.service, 'TA' as student_group
    from served_places as p
    cross join service_list as l
    union all
    select p.level, p.entity, p.year, p.month, p.bit, 'all' as service, g.student_group
    from served_places as p
    join (
        select distinct c.level, c.entity, c.month, g.student_group
        from counted_students as c
        join grouped_students as g on g.level = c.level and g.entity = c.entity and g.student = c.student
        where c.year = $year
    ) as g on g.level = p.level and g.entity = p.entity and g.month = p.month
)
select 'served' as fact, w.level, w.entity, w.month, s.span, w.service, w.student_group, 'all' as band,
    cast(coalesce(sum(
        case when (case s.span when 'ytd' then t.so_far else t.in_month end) & w.bit <> 0 then t.students else 0 end
    ), 0) as bigint) as value
from wanted as w
cross join (values ('month'), ('ytd')) as s(span)
left join together as t
    on t.level = w.level
    and t.entity = w.entity
    and t.year = w.year
    and t.service = w.service
    and t.student_group = w.student_group
group by w.level, w.entity, w.month, s.span, w.service, w.student_group
