-- One row per student (by key), incident and result: the typed discipline.
select n.key, d.incident, d.day, d.result, d.days, d.defiance
from discipline as d
join (select student, min(key) as key from student_numbers group by student) as n using (student)
order by n.key, d.incident, d.result
