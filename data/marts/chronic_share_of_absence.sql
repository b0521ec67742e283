-- One row per place, year and student group (the chronically absent only): their days absent among all days absent, in tenths.
select c.level, c.entity, c.year, c.student_group, c.days_absent as numerator, t.days_absent as denominator,
    if(t.status = 'withheld', t.status, c.status) as status
from absenteeism_reason c
join absenteeism_reason t using (level, entity, year)
where c.student_group = 'CAY' and t.student_group = 'TA'
