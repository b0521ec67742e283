-- One row per place, year and student group: pupils from low-income families, English learners and foster youth, each counted once.
select level, entity, year, student_group, unduplicated_pupils as numerator, total_enrollment as denominator, status
from unduplicated_pupils
