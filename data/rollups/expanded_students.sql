-- One row per school or LEA, student and school year with 30 days or more of expanded learning: the bit of the month in which the
-- thirtieth came. An entry is a day; one in days is as many.
select level, entity, student, year, min(bit) as bit
from (
    select
        level,
        entity,
        student,
        year,
        bit,
        sum(count(distinct single) + coalesce(sum(quantity), 0)) over (
            partition by level, entity, student, year order by bit
        ) as so_far
    from (
        select
            l.level,
            cast(s.school as bigint) // l.size * l.size as entity,
            s.student,
            c.year,
            c.bit,
            case when s.unit = 'day' then s.quantity end as quantity,
            case when s.unit = 'day' and s.quantity is not null then null else s.day end as single
        from services as s
        join closed_months as c on c.month = year(s.day) * 100 + month(s.day)
        cross join levels as l
        where s.delivered and s.student is not null and s.category = 'expanded_learning'
    ) as entries
    group by level, entity, student, year, bit
) as months
where so_far >= 30
group by level, entity, student, year
