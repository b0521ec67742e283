-- One row per place, year and line of every year in which the measure was counted: whole numbers, or why there are none.
select c.level, c.entity, c.year, l.line as student_group, l.dimension,
    case when c.said in ('published', 'zero') then c.numerator end::bigint as numerator,
    case when c.said in ('published', 'zero') then c.denominator end::bigint as denominator, c.said as status
from (
    select level, entity, year, student_group, numerator, denominator,
        -- A whole of nothing (no student suspended, no day absent) has no parts to publish; a blank is never zero.
        case when status = 'withheld' then 'withheld' when numerator is null or coalesce(denominator, 0) = 0 then 'not_published'
            when numerator = 0 then 'zero' else 'published' end as said
    from counted
) c
join lines l on l.vocabulary = $vocabulary and l.code = c.student_group
-- A layout without the measure's column has no rows here: not even its withheld ones say that the measure was published.
where c.year in (select year from counted where numerator is not null and denominator is not null)
