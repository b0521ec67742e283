-- One row per student (by key): the student groups in one text.
select n.key, string_agg(m.student_group, ' ' order by m.student_group)
from members as m
join (select student, min(key) as key from student_numbers group by student) as n using (student)
group by n.key
order by n.key
