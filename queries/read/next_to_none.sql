-- One row per district or school that reports next to nobody: one indicator and year, all students, `floor` percent or less.
select f.entity, p.name, p.county_name, f.level, f.year, f.student_group, f.numerator, f.denominator, f.rounded_rate, f.status,
    p.charter
from facts_by_group f
join places p using (entity)
where f.indicator = $indicator and f.student_group = $student_group and f.year = $year and f.level in ('district', 'school')
    and ($region is null or p.region = $region)
    and ($county is null or p.county = $county)
    and f.denominator >= $floor_from and 100.0 * f.numerator <= $floor * f.denominator
order by f.level, f.denominator desc, f.entity
