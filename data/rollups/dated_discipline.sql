-- One row per row of `discipline` that lies in a closed month: its school as a number, its school year and month.
select cast(d.school as bigint) as school, d.student, d.incident, d.day, d.result, c.year, c.month
from discipline as d
join closed_months as c on c.month = year(d.day) * 100 + month(d.day)
