-- One row per school or LEA, student and closed month: the students among whom services and suspensions are counted. They are the
-- enrolled ones; where a place brought no attendance in a school year, everybody whom its other files name.
select level, entity, student, year, month, chronic
from enrolled_students
union all
select named.level, named.entity, named.student, named.year, covered.month, null as chronic
from (
    select distinct l.level, f.school // l.size * l.size as entity, f.student, f.year
    from (
        select school, student, year from service_students
        union all
        select school, student, year from dated_discipline
    ) as f
    cross join levels as l
) as named
join (select distinct lea, year, month from covered) as covered
    on covered.lea = named.entity // 10000000 and covered.year = named.year
left join (
    select distinct l.level, a.school // l.size * l.size as entity, a.year
    from attendance_months as a
    cross join levels as l
) as brought on brought.level = named.level and brought.entity = named.entity and brought.year = named.year
where brought.entity is null
