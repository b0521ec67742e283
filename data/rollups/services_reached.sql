-- One row per school or LEA, student, service (all, pillar, category) and closed month with a delivered service.
select
    case when grouping(school) = 1 then 'district' else 'school' end as level,
    coalesce(school, lea * 10000000) as entity,
    student,
    case when grouping(pillar) = 0 then pillar when grouping(category) = 0 then category else 'all' end as service,
    year,
    month,
    cast(sum(contacts) as bigint) as contacts,
    max(supported) as supported
from (
    select school, school // 10000000 as lea, student, pillar, category, year, month, contacts, supported
    from service_months
    where student is not null
) as students
group by grouping sets (
    (lea, school, student, year, month), (lea, school, student, pillar, year, month),
    (lea, school, student, category, year, month), (lea, student, year, month), (lea, student, pillar, year, month),
    (lea, student, category, year, month)
)
