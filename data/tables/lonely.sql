-- One row per place, year and student group of the places where some family has exactly one withheld member.
with lonely as (
    select distinct entity, year
    from (
        select m.entity, m.year, q.equation
        from core m
        join equation_members q on q.member = m.student_group
        where m.status = 'withheld'
        group by m.entity, m.year, q.equation
        having count(*) = 1
    )
)
select m.entity, m.year, m.student_group, m.numerator, m.denominator, m.status
from core m
join lonely using (entity, year)
where m.status in ('published', 'zero', 'withheld') and m.student_group in (select member from equation_members)
