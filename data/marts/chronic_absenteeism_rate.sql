-- One row per place, year and student group: students chronically absent among eligible students.
select level, entity, year, student_group, chronically_absent as numerator, eligible_enrollment as denominator, status
from chronic_absenteeism
