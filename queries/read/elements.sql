-- One row per place and indicator named, one student group each: the newest year of its level (or the one asked for), with the year before.
with wanted as (
    select unnest($indicators) as indicator, unnest($groups) as student_group
), newest as (
    select indicator, level, max(year) as year
    from coverage
    where $year is null or year = $year
    group by indicator, level
), had as (
    select indicator, student_group, year, entity, numerator, denominator, rounded_rate, status
    from facts_by_place
    where entity = any($entities) and list_contains($indicators, indicator)
)
select w.indicator, p.entity, p.name, p.level, n.year, w.student_group,
    f.numerator, f.denominator, f.rounded_rate, coalesce(f.status, 'not_published') as status,
    b.numerator as prior_numerator, b.denominator as prior_denominator, b.status as prior_status
from wanted w
cross join places p
join newest n on n.indicator = w.indicator and n.level = p.level
left join had f
    on f.entity = p.entity and f.indicator = w.indicator and f.student_group = w.student_group and f.year = n.year
left join had b
    on b.entity = p.entity and b.indicator = w.indicator and b.student_group = w.student_group and b.year = n.year - 1
where p.entity = any($entities)
order by list_position($entities, p.entity), list_position($indicators, w.indicator)
