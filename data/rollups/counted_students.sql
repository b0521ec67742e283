-- One row per school or LEA, student and closed month: the students among whom services and suspensions are counted. They are the
-- enrolled ones; where a place brought no attendance in a school year, everybody whom its other files name.
select level, entity, student, year, month, chronic
from enrolled_students
union all
select named.level, named.entity, named.student, named.year, covered.month, null as chronic
from (
    select
        case when grouping(school) = 1 then 'district' else 'school' end as level,
        coalesce(school, lea * 10000000) as entity,
        lea,
        student,
        year
    from (
        select school, school // 10000000 as lea, student, year
        from service_students
        union all
        select cast(d.school as bigint) as school, cast(d.school as bigint) // 10000000 as lea, d.student, c.year
        from discipline as d
        join closed_months as c on d.day >= c.first_day and d.day <= c.last_day
    ) as files
    group by grouping sets ((lea, school, student, year), (lea, student, year))
) as named
join (select distinct lea, year, month from covered) as covered on covered.lea = named.lea and covered.year = named.year
left join (
    select
        case when grouping(school) = 1 then 'district' else 'school' end as level,
        coalesce(school, lea * 10000000) as entity,
        year
    from (select distinct school, school // 10000000 as lea, year from attendance_months) as brought
    group by grouping sets ((lea, school, year), (lea, year))
) as attendance on attendance.level = named.level and attendance.entity = named.entity and attendance.year = named.year
where attendance.entity is null
