-- One row per place, year and student group: suspensions for defiance only among all suspensions.
select level, entity, year, student_group, suspensions_defiance as numerator, total_suspensions as denominator, status
from suspension
