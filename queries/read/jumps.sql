-- One row per place and year whose change from the year before is too large to believe unchecked: one indicator, all students.
select f.entity, p.name, p.county_name, f.level, f.year, f.student_group, f.numerator, f.denominator, f.rounded_rate, f.status,
    b.numerator as prior_numerator, b.denominator as prior_denominator, b.status as prior_status
from facts_by_group f
join facts_by_group b using (indicator, student_group, level, entity)
join places p using (entity)
where f.indicator = $indicator and f.student_group = $student_group and f.level in ('county', 'district', 'school')
    and ($region is null or p.region = $region)
    and ($county is null or p.county = $county)
    and b.year = f.year - 1
    and least(f.denominator, b.denominator) >= $min_rank
    and (abs(100.0 * f.numerator / f.denominator - 100.0 * b.numerator / b.denominator) >= $jump
        or (least(f.numerator, b.numerator) = 0
            and greatest(100.0 * f.numerator / f.denominator, 100.0 * b.numerator / b.denominator) >= $zero))
order by f.year desc, f.level, f.entity
