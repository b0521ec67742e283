-- One row per school or LEA, student and student group that is shown at that level. Groups are those of this school year.
select distinct g.level, cast(m.school as bigint) as entity, m.student, m.student_group
from members as m
join groups as g on g.student_group = m.student_group and g.level = 'school'
union all
select distinct g.level, cast(m.school as bigint) // 10000000 * 10000000 as entity, m.student, m.student_group
from members as m
join groups as g on g.student_group = m.student_group and g.level = 'district'
