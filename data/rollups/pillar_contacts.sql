-- One row per school or LEA, student who counts, school year and pillar: the months in which the student counts (bits), and how
-- many services of the pillar each month had.
select
    s.level,
    s.entity,
    s.year,
    s.pillar,
    c.months,
    s.july, s.august, s.september, s.october, s.november, s.december,
    s.january, s.february, s.march, s.april, s.may, s.june
from (
    select
        l.level,
        p.school // l.size * l.size as entity,
        p.student,
        p.year,
        p.pillar,
        cast(sum(p.july) as bigint) as july,
        cast(sum(p.august) as bigint) as august,
        cast(sum(p.september) as bigint) as september,
        cast(sum(p.october) as bigint) as october,
        cast(sum(p.november) as bigint) as november,
        cast(sum(p.december) as bigint) as december,
        cast(sum(p.january) as bigint) as january,
        cast(sum(p.february) as bigint) as february,
        cast(sum(p.march) as bigint) as march,
        cast(sum(p.april) as bigint) as april,
        cast(sum(p.may) as bigint) as may,
        cast(sum(p.june) as bigint) as june
    from service_students as p
    cross join levels as l
    group by l.level, p.school // l.size * l.size, p.student, p.year, p.pillar
) as s
join counted_months as c on c.level = s.level and c.entity = s.entity and c.student = s.student and c.year = s.year
