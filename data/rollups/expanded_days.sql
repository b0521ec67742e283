-- One row per school or LEA, student and closed month: days of expanded learning. An entry is a day; one in days is as many.
select
    case when grouping(school) = 1 then 'district' else 'school' end as level,
    coalesce(school, lea * 10000000) as entity,
    student,
    year,
    month,
    count(distinct case when quantity is null then day end) + cast(coalesce(sum(quantity), 0) as bigint) as days
from (
    select
        cast(s.school as bigint) as school,
        cast(s.school as bigint) // 10000000 as lea,
        s.student,
        c.year,
        c.month,
        s.day,
        case when s.unit = 'day' then s.quantity end as quantity
    from services as s
    join closed_months as c on c.month = year(s.day) * 100 + month(s.day)
    where s.delivered and s.student is not null and s.category = 'expanded_learning'
) as entries
group by grouping sets ((lea, school, student, year, month), (lea, student, year, month))
