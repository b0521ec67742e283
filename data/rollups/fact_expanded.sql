-- One row per place and closed month: students with 30 days or more of expanded learning so far.
select 'expanded_learning' as fact, c.level, c.entity, c.month, 'ytd' as span, 'all' as service, 'TA' as student_group,
    'all' as band, count(*) filter (where d.month <= c.month) as value
from counted_students as c
join covered as k on k.feed = 'services' and k.keyed = 1 and k.lea = c.entity // 10000000 and k.month = c.month
left join (
    select level, entity, student, year, min(month) as month
    from (
        select level, entity, student, year, month,
            sum(days) over (partition by level, entity, student, year order by month) as so_far
        from expanded_days
    ) as running_days
    where so_far >= 30
    group by level, entity, student, year
) as d on d.level = c.level and d.entity = c.entity and d.student = c.student and d.year = c.year
group by c.level, c.entity, c.month
