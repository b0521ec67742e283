-- One row per fact (chronic_before, recovered), place and closed month of this year: students who were chronically absent in the
-- LEA at the end of last year and are enrolled now; of them, those who are not chronically absent so far.
select f.fact, c.level, c.entity, c.month, 'ytd' as span, 'all' as service, 'TA' as student_group, 'all' as band,
    case when f.fact = 'recovered' then c.recovered else c.chronic_before end as value
from (
    select
        e.level,
        e.entity,
        e.month,
        count(*) filter (where b.chronic) as chronic_before,
        count(*) filter (where b.chronic and not e.chronic) as recovered
    from enrolled_students as e
    join (
        select entity, max(month) as month
        from enrolled_students
        where level = 'district' and year < $year
        group by entity
    ) as last_year on last_year.entity = e.entity // 10000000 * 10000000
    left join enrolled_students as b
        on b.level = 'district' and b.entity = last_year.entity and b.month = last_year.month and b.student = e.student
    where e.year = $year
    group by e.level, e.entity, e.month
) as c
cross join (values ('chronic_before'), ('recovered')) as f(fact)
