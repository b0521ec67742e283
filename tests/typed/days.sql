-- One row per student (by key), school and day: the mark of the day.
select n.key, d.day, d.code
from days as d
join student_numbers as n using (student)
order by n.key, d.day
