-- One row per student (by key), school, month and kind: the typed attendance.
select n.key, a.school, a.month, a.kind, a.expected, a.attended, a.excused, a.unexcused, a.suspended,
    a.in_school, a.incomplete, a.exempt
from attendance as a
join (select student, min(key) as key from student_numbers group by student) as n using (student)
order by n.key, a.month
