-- One row per place, year and student group: students suspended at least once among cumulative enrollment.
select level, entity, year, student_group, students_suspended as numerator, cumulative_enrollment as denominator, status
from suspension
