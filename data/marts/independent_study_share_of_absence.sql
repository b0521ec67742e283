-- One row per place, year and student group: days of incomplete independent study among all days absent, days in tenths.
select level, entity, year, student_group, days_independent_study as numerator, days_absent as denominator, status
from absenteeism_reason
