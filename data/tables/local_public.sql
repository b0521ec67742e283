-- One row per fact, place, year and student group that CDE's published rows bound.
-- CDE counts chronic absence among students of 31 days or more: they are some of ours, of 20 or more. It counts suspensions among
-- everybody who was enrolled: ours are some of them.
select
    case when indicator = 'suspension_rate' then 'suspended' else 'chronic' end as fact,
    entity,
    year::bigint as year,
    student_group::varchar as student_group,
    case when indicator = 'suspension_rate' then 0 else numerator end::double as low,
    case when indicator = 'suspension_rate' then numerator else 1e9 end::double as high
from facts_by_place
where indicator in ('chronic_absenteeism_rate', 'suspension_rate') and status in ('published', 'zero')
    and substr(entity, 1, 7) = $lea and numerator is not null
