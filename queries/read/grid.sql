-- One row per place of the peer set: one Dashboard indicator, group and year, the year before, and what the state made of it.
select f.entity, p.name, coalesce(p.district_name, case when f.level = 'district' then p.county_name end) as within, f.level,
    f.year, f.student_group,
    f.numerator, f.denominator, f.rounded_rate, f.status,
    b.numerator as prior_numerator, b.denominator as prior_denominator, b.status as prior_status,
    o.school_type, o.status_level as official_status_level, o.change_tenths as official_change_tenths,
    o.change_level as official_change_level, o.color as official_color, o.box as official_box
from facts_by_group f
join places p using (entity)
left join facts_by_group b
    on b.indicator = $indicator and b.student_group = $student_group and b.level = $level
    and b.year = $year - 1 and b.entity = f.entity
left join official o
    on o.indicator = $indicator and o.student_group = $student_group and o.year = $year and o.entity = f.entity
where f.indicator = $indicator and f.student_group = $student_group and f.year = $year and f.level = $level
    and ($region is null or p.region = $region)
    and ($county is null or p.county = $county)
    and ($cohort is null or list_contains(p.cohorts, $cohort))
    and ($entities is null or list_contains($entities, f.entity))
order by f.entity
