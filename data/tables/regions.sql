-- One row per R-TAC region, year and student group: derived from the counties whose counts are shown.
select 'region' as level, c.region as entity, '' as county, f.year, f.student_group,
    sum(f.numerator)::bigint as numerator, sum(f.denominator)::bigint as denominator, null::integer as rounded_rate,
    case when count(f.denominator) > 0 then 'derived' when bool_or(f.status in ('withheld', 'counts_withheld')) then 'withheld' else 'not_published' end as status
from facts f
join counties c on c.code = f.county
where f.level = 'county'
group by c.region, f.year, f.student_group
