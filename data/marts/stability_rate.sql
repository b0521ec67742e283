-- One row per place, year and student group: students with a stable enrollment among adjusted cumulative enrollment.
select level, entity, year, student_group, students_stable as numerator, adjusted_enrollment as denominator, status
from stability
