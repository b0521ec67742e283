-- One row per place, year and student group: unexcused days among all days absent, days in tenths.
select level, entity, year, student_group, days_unexcused as numerator, days_absent as denominator, status
from absenteeism_reason
