-- One row per place, year and student group: students suspended for a full day or more among those that the Dashboard counts.
select level, entity, year, student_group, currnumer as numerator, currdenom as denominator, status
from suspension_dashboard
