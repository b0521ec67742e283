-- One row per place, year and student group: days absent over the students absent on one day or more, days in tenths.
select level, entity, year, student_group, days_absent as numerator, students_absent as denominator, status
from absenteeism_reason
