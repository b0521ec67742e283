-- One row per LEA, school year, closed month and feed that covers it. A log of services ends with its last entry; no suspension
-- in a month is no gap. `keyed`: whether its rows name students.
select a.lea, c.year, c.month, a.feed, a.keyed
from (
    select
        school // 10000000 as lea,
        year,
        'services' as feed,
        max(keyed) as keyed,
        max(month) as last_month
    from service_contacts
    group by school // 10000000, year
    union all
    select distinct school // 10000000 as lea, year, 'discipline' as feed, 1 as keyed, year * 100 + 6 as last_month
    from dated_discipline
) as a
join closed_months as c on c.year = a.year and c.month <= a.last_month
