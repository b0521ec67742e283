-- One row per place, year and student group: students chronically absent among those that the Dashboard counts.
select level, entity, year, student_group, currnumer as numerator, currdenom as denominator, status
from chronic_dashboard
