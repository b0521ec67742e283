-- One row per place, year and student group: days of out-of-school suspension among all days absent, days in tenths.
select level, entity, year, student_group, days_suspension as numerator, days_absent as denominator, status
from absenteeism_reason
