-- One row per place, year and student group: excused days among all days absent, days in tenths.
select level, entity, year, student_group, days_excused as numerator, days_absent as denominator, status
from absenteeism_reason
