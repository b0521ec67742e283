-- One row per place, year and student group: days absent over the eligible students, days in tenths.
select level, entity, year, student_group, days_absent as numerator, eligible_enrollment as denominator, status
from absenteeism_reason
