-- One row per school or LEA, student, school year and service (all, pillar, category): the months with a delivered service.
select
    case when grouping(school) = 1 then 'district' else 'school' end as level,
    coalesce(school, lea * 10000000) as entity,
    student,
    case when grouping(pillar) = 0 then pillar when grouping(category) = 0 then category else 'all' end as service,
    year,
    bit_or(months) as months,
    bit_or(supported) as supported
from (
    select school, school // 10000000 as lea, student, pillar, category, year, months, supported
    from service_students
) as students
group by grouping sets (
    (lea, school, student, year), (lea, school, student, pillar, year), (lea, school, student, category, year),
    (lea, student, year), (lea, student, pillar, year), (lea, student, category, year)
)
