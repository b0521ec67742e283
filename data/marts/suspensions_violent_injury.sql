-- One row per place, year and student group: suspensions for a violent incident with injury among all suspensions.
select level, entity, year, student_group, suspensions_violent_injury as numerator, total_suspensions as denominator, status
from suspension
