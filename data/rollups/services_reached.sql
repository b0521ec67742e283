-- One row per school or LEA, student, school year and service (all, pillar, category): the months with a delivered service, and
-- those in whose last 30 days a support reached the student.
select level, entity, student, service, year, bit_or(months) as months, bit_or(supported) as supported
from (
    select
        l.level,
        s.school // l.size * l.size as entity,
        s.student,
        case k.kind when 'pillar' then s.pillar when 'category' then s.category else 'all' end as service,
        s.year,
        s.months,
        s.supported
    from service_students as s
    cross join levels as l
    cross join (values ('all'), ('pillar'), ('category')) as k(kind)
) as students
group by level, entity, student, service, year
