-- One row per student group of one place: one indicator and year, with the year before beside it.
select f.entity, p.name, f.level, f.year, f.student_group, f.numerator, f.denominator, f.rounded_rate, f.status,
    b.numerator as prior_numerator, b.denominator as prior_denominator, b.status as prior_status
from facts_by_place f
join places p using (entity)
left join facts_by_place b
    on b.entity = f.entity and b.indicator = f.indicator and b.student_group = f.student_group and b.year = $year - 1
where f.entity = $entity and f.indicator = $indicator and f.year = $year
order by f.student_group
