-- One row per school or LEA and closed month that a log of students' services covers: whether attendance was brought as well.
select c.level, c.entity, c.year, c.month, m.bit, max(case when c.chronic is null then 0 else 1 end) as attendance
from counted_students as c
join covered as k on k.feed = 'services' and k.keyed = 1 and k.lea = c.entity // 10000000 and k.month = c.month
join closed_months as m on m.month = c.month
group by c.level, c.entity, c.year, c.month, m.bit
