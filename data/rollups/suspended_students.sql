-- One row per school or LEA, student and school year with a suspension: the month of the first one, and of the first one that
-- came within 60 school days after another (null where none did). Two suspensions of one day are one.
select level, entity, student, year, min(month) as first, min(case when number - before <= 60 then month end) as again
from (
    select
        s.level,
        s.entity,
        s.student,
        s.year,
        s.month,
        n.number,
        lag(n.number) over (partition by s.level, s.entity, s.student, s.year order by s.day) as before
    from (
        select distinct l.level, d.school // l.size * l.size as entity, d.student, d.year, d.month, d.day
        from dated_discipline as d
        cross join levels as l
        where d.result in ('out_of_school', 'in_school')
    ) as s
    join school_days as n on n.level = s.level and n.entity = s.entity and n.day = s.day
) as dated
group by level, entity, student, year
