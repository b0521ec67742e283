-- One row per fact (enrolled, chronic), place, closed month and student group: students.
select f.fact, c.level, c.entity, c.month, 'ytd' as span, 'all' as service, c.student_group, 'all' as band,
    case when f.fact = 'enrolled' then c.enrolled else c.chronic end as value
from (
    select level, entity, month, 'TA' as student_group, count(*) as enrolled, count(*) filter (where chronic) as chronic
    from enrolled_students
    group by level, entity, month
    union all
    select e.level, e.entity, e.month, g.student_group, count(*) as enrolled, count(*) filter (where e.chronic) as chronic
    from enrolled_students as e
    join grouped_students as g on g.level = e.level and g.entity = e.entity and g.student = e.student
    where e.year = $year
    group by e.level, e.entity, e.month, g.student_group
) as c
cross join (values ('enrolled'), ('chronic')) as f(fact)
