-- One row per place and closed month: chronically absent students with a support in the last 30 days of the month.
select 'chronic_supported' as fact, p.level, p.entity, p.month, 'ytd' as span, 'all' as service, 'TA' as student_group,
    'all' as band, cast(coalesce(sum(case when s.months & p.bit <> 0 then s.students else 0 end), 0) as bigint) as value
from served_places as p
left join (
    select c.level, c.entity, c.year, c.chronic & r.supported as months, count(*) as students
    from counted_months as c
    join services_reached as r
        on r.level = c.level and r.entity = c.entity and r.student = c.student and r.year = c.year and r.service = 'all'
    group by c.level, c.entity, c.year, c.chronic & r.supported
) as s on s.level = p.level and s.entity = p.entity and s.year = p.year
where p.attendance = 1
group by p.level, p.entity, p.month
