-- One row per place, year and student group of a Dashboard indicator: what the state made of a number that is shown.
select $indicator as indicator, d.level, d.entity, d.year::smallint as year, l.line as student_group, d.school_type,
    d.rate_tenths::integer as rate_tenths, d.status_level::tinyint as status_level,
    -- A change and this year's rate give last year's: where that cell is closed, all that tells of the change goes with it.
    case when b.entity is null then d.change_tenths end::integer as change_tenths,
    case when b.entity is null then d.change_level end::tinyint as change_level,
    case when b.entity is null then d.color end::tinyint as color, case when b.entity is null then d.box end::smallint as box,
    d.small_denominator, d.n_size_met, d.prior_n_size_met, d.accountability_met
from counted_rows d
join lines l on l.vocabulary = $vocabulary and l.code = d.student_group
join facts f on f.entity = d.entity and f.year = d.year and f.student_group = l.line
left join closed b on b.entity = d.entity and b.year = d.year - 1 and b.student_group = l.line
where f.status in ('published', 'zero')
order by indicator, student_group, year, entity
