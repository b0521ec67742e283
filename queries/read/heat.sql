-- One row per place named and student group: one indicator and year.
select f.entity, p.name, coalesce(p.district_name, case when f.level = 'district' then p.county_name end) as within, f.level,
    f.year, f.student_group, f.numerator, f.denominator, f.rounded_rate, f.status
from facts_by_place f
join places p using (entity)
where f.entity in (select unnest($entities)) and f.indicator = $indicator and f.year = $year
order by f.entity, f.student_group
