-- One row per school, closed month, pillar and category: services delivered (each head of a headcount is one), and whether any of
-- them names a student.
select
    cast(s.school as bigint) as school,
    c.year,
    c.month,
    s.pillar,
    s.category,
    cast(sum(case when s.student is null then coalesce(s.headcount, 0) else 1 end) as bigint) as contacts,
    max(case when s.student is null then 0 else 1 end) as keyed
from services as s
join closed_months as c on c.month = year(s.day) * 100 + month(s.day)
where s.delivered
group by cast(s.school as bigint), c.year, c.month, s.pillar, s.category
