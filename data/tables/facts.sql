-- One row per place, year and student group of the spine: the protected counts of one indicator, or why there are none.
select s.level, s.entity, substr(s.entity, 1, 2) as county, s.year, s.student_group,
    case when m.status in ('published', 'zero') then m.numerator end::bigint as numerator,
    case when m.status in ('published', 'zero') then m.denominator end::bigint as denominator,
    case when m.status = 'counts_withheld' then m.rounded_rate end::integer as rounded_rate,
    coalesce(m.status, 'not_published') as status
from spine s
left join protected m using (level, entity, year, student_group)
