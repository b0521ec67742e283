-- One row per school and year: the published counts of one indicator and student group, and the cohort of the school's first grant.
select f.entity, f.year, f.numerator, f.denominator, f.status, list_min(p.cohorts) as cohort
from facts_by_group f
join places p using (entity)
where f.indicator = $indicator and f.student_group = $student_group and f.level = 'school' and f.status in ('published', 'zero')
    and substr(f.entity, 8, 7) not in ('0000000', '0000001')
order by f.entity, f.year
