-- One row per school, student, closed month, pillar and category: services delivered (a head of a headcount is one service).
-- `student` is null for headcounts; `supported` is the last day of the month on which a support reached the student.
select
    cast(s.school as bigint) as school,
    c.year,
    c.month,
    s.student,
    s.pillar,
    s.category,
    cast(sum(case when s.student is null then coalesce(s.headcount, 0) else 1 end) as bigint) as contacts,
    max(case when k.support = 'yes' then s.day end) as supported
from services as s
join closed_months as c on s.day >= c.first_day and s.day <= c.last_day
left join service_categories as k on k.category = s.category
where s.delivered
group by cast(s.school as bigint), c.year, c.month, s.student, s.pillar, s.category
