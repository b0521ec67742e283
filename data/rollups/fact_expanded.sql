-- One row per place and closed month: students with 30 days or more of expanded learning so far.
select 'expanded_learning' as fact, p.level, p.entity, p.month, 'ytd' as span, 'all' as service, 'TA' as student_group,
    'all' as band, cast(coalesce(sum(case when s.months & p.bit <> 0 then s.students else 0 end), 0) as bigint) as value
from served_places as p
left join (
    select c.level, c.entity, c.year, c.months & (4096 - d.bit) as months, count(*) as students
    from counted_months as c
    join (
        select level, entity, student, year, min(bit) as bit
        from (
            select e.level, e.entity, e.student, e.year, m.bit,
                sum(e.days) over (partition by e.level, e.entity, e.student, e.year order by e.month) as so_far
            from expanded_days as e
            join closed_months as m on m.month = e.month
        ) as running_days
        where so_far >= 30
        group by level, entity, student, year
    ) as d on d.level = c.level and d.entity = c.entity and d.student = c.student and d.year = c.year
    group by c.level, c.entity, c.year, c.months & (4096 - d.bit)
) as s on s.level = p.level and s.entity = p.entity and s.year = p.year
group by p.level, p.entity, p.month
