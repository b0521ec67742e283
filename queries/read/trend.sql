-- One row per place and year: one indicator, one student group, the places named.
select f.entity, p.name, f.level, f.year, f.student_group, f.numerator, f.denominator, f.rounded_rate, f.status
from facts_by_place f
join places p using (entity)
where f.entity = any($entities) and f.indicator = $indicator and f.student_group = $student_group
order by list_position($entities, f.entity), f.year
