-- One row per place, year and student group: days of out-of-school suspension over the eligible students, days in tenths.
select level, entity, year, student_group, days_suspension as numerator, eligible_enrollment as denominator, status
from absenteeism_reason
