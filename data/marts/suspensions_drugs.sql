-- One row per place, year and student group: suspensions in connection with illicit drugs among all suspensions.
select level, entity, year, student_group, suspensions_drugs as numerator, total_suspensions as denominator, status
from suspension
