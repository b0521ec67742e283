-- One row per fact (suspended, suspended_again), place, closed month and student group: students suspended at least once so far.
with students as (
    select
        c.level,
        c.entity,
        c.student,
        c.year,
        c.month,
        coalesce(s.first <= c.month, false) as suspended,
        coalesce(s.again <= c.month, false) as again
    from counted_students as c
    join covered as k on k.feed = 'discipline' and k.lea = c.entity // 10000000 and k.month = c.month
    left join suspended_students as s
        on s.level = c.level and s.entity = c.entity and s.student = c.student and s.year = c.year
)
select f.fact, c.level, c.entity, c.month, 'ytd' as span, 'all' as service, c.student_group, 'all' as band,
    case when f.fact = 'suspended' then c.suspended else c.again end as value
from (
    select
        level,
        entity,
        month,
        'TA' as student_group,
        count(*) filter (where suspended) as suspended,
        count(*) filter (where again) as again
    from students
    group by level, entity, month
    union all
    select s.level, s.entity, s.month, g.student_group, count(*) filter (where s.suspended) as suspended, null as again
    from students as s
    join grouped_students as g on g.level = s.level and g.entity = s.entity and g.student = s.student
    where s.year = $year
    group by s.level, s.entity, s.month, g.student_group
) as c
cross join (values ('suspended'), ('suspended_again')) as f(fact)
where c.student_group = 'TA' or f.fact = 'suspended'
