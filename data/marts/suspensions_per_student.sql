-- One row per place, year and student group: suspensions over the students suspended at least once.
select level, entity, year, student_group, total_suspensions as numerator, students_suspended as denominator, status
from suspension
