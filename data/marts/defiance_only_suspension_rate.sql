-- One row per place, year and student group: students suspended for defiance only among cumulative enrollment.
select level, entity, year, student_group, students_suspended_defiance as numerator, cumulative_enrollment as denominator, status
from suspension
