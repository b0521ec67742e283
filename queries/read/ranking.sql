-- One row per place of the peer set: one indicator, student group and year, with the year before beside it.
select f.entity, p.name, coalesce(p.district_name, case when f.level = 'district' then p.county_name end) as within, f.level,
    f.year, f.student_group,
    f.numerator, f.denominator, f.rounded_rate, f.status,
    b.numerator as prior_numerator, b.denominator as prior_denominator, b.status as prior_status
from facts_by_group f
join places p using (entity)
left join facts_by_group b
    on b.indicator = $indicator and b.student_group = $student_group and b.level = $level
    and b.year = $year - 1 and b.entity = f.entity
where f.indicator = $indicator and f.student_group = $student_group and f.year = $year and f.level = $level
    and ($region is null or p.region = $region)
    and ($county is null or p.county = $county)
    and ($cohort is null or list_contains(p.cohorts, $cohort))
    and ($entities is null or list_contains($entities, f.entity))
order by f.entity
