-- One row per place, year and student group: suspensions for other reasons among all suspensions.
select level, entity, year, student_group, suspensions_other as numerator, total_suspensions as denominator, status
from suspension
