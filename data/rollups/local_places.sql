-- One row per school or LEA and school year that any file of this district names.
select
    case when grouping(school) = 1 then 'district' else 'school' end as level,
    coalesce(school, lea * 10000000) as entity,
    lea,
    year
from (
    select school, school // 10000000 as lea, year from attendance_months
    union all
    select school, school // 10000000 as lea, year from service_contacts
    union all
    select cast(d.school as bigint) as school, cast(d.school as bigint) // 10000000 as lea, c.year
    from discipline as d
    join closed_months as c on d.day >= c.first_day and d.day <= c.last_day
) as schools
group by grouping sets ((lea, school, year), (lea, year))
