-- One row per place, year and student group: suspensions for possession of a weapon among all suspensions.
select level, entity, year, student_group, suspensions_weapons as numerator, total_suspensions as denominator, status
from suspension
