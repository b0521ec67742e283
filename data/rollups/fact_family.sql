-- One row per place and closed month: students whose family had a home visit or a conference so far.
select 'family_contacted' as fact, p.level, p.entity, p.month, 'ytd' as span, 'all' as service, 'TA' as student_group,
    'all' as band, cast(coalesce(sum(case when s.months & p.bit <> 0 then s.students else 0 end), 0) as bigint) as value
from served_places as p
left join (
    select c.level, c.entity, c.year, c.months & (4096 - (r.months & -r.months)) as months, count(*) as students
    from counted_months as c
    join (
        select level, entity, student, year, bit_or(months) as months
        from services_reached
        where service in ('home_visit', 'family_conference')
        group by level, entity, student, year
    ) as r on r.level = c.level and r.entity = c.entity and r.student = c.student and r.year = c.year
    group by c.level, c.entity, c.year, c.months & (4096 - (r.months & -r.months))
) as s on s.level = p.level and s.entity = p.entity and s.year = p.year
group by p.level, p.entity, p.month
