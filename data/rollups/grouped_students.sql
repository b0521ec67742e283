-- One row per school or LEA, student and student group that is shown at that level. Groups are those of this school year.
select distinct l.level, cast(m.school as bigint) // l.size * l.size as entity, m.student, m.student_group
from members as m
join groups as g on g.student_group = m.student_group
join levels as l on l.level = g.level
