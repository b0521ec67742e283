-- One row per place, year and student group of one indicator: a page of those that fit, in a fixed order.
select f.entity, p.name, f.level, f.year, f.student_group, f.numerator, f.denominator, f.rounded_rate, f.status
from facts_by_group f
join places p using (entity)
where f.indicator = $indicator
    and ($student_group is null or f.student_group = $student_group)
    and ($year is null or f.year = $year)
    and ($level is null or f.level = $level)
    and ($entities is null or list_contains($entities, f.entity))
    and ($county is null or p.county = $county)
    and ($region is null or p.region = $region)
order by f.student_group, f.year, f.level, f.entity
limit $limit offset $offset
