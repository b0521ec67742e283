-- One row per place, year and student group: students expelled among cumulative enrollment.
select level, entity, year, student_group, students_expelled as numerator, cumulative_enrollment as denominator, status
from expulsion
