-- One row per place of the peer set and student group that the state shows as Red on two Dashboard indicators of one year.
with said as (
    select entity, arg_max(status, year) as status, max(year) as year
    from assistance
    where year <= $year
    group by entity
)
select a.entity, p.name, coalesce(p.district_name, case when a.level = 'district' then p.county_name end) as within, a.level,
    a.year, a.student_group, a.rate_tenths, b.rate_tenths as other_rate_tenths, s.status as assistance_status, s.year as assistance_year
from official a
join official b on b.indicator = $other and b.entity = a.entity and b.student_group = a.student_group and b.year = a.year
join places p on p.entity = a.entity
left join said s on s.entity = a.entity
where a.indicator = $indicator and a.year = $year and a.level = $level and a.color = 1 and b.color = 1
    and ($region is null or p.region = $region)
    and ($county is null or p.county = $county)
    and ($cohort is null or list_contains(p.cohorts, $cohort))
    and ($entities is null or list_contains($entities, a.entity))
order by p.name, a.entity, a.student_group
