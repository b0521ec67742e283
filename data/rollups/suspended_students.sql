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
        select
            case when grouping(school) = 1 then 'district' else 'school' end as level,
            coalesce(school, lea * 10000000) as entity,
            student,
            year,
            month,
            day
        from (
            select
                cast(d.school as bigint) as school,
                cast(d.school as bigint) // 10000000 as lea,
                d.student,
                c.year,
                c.month,
                d.day
            from discipline as d
            join closed_months as c on d.day >= c.first_day and d.day <= c.last_day
            where d.result in ('out_of_school', 'in_school')
        ) as suspensions
        group by grouping sets ((lea, school, student, year, month, day), (lea, student, year, month, day))
    ) as s
    join school_days as n on n.level = s.level and n.entity = s.entity and n.day = s.day
) as dated
group by level, entity, student, year
