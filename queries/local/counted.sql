-- One row per cell of some facts: the protected count, null where withheld.
select fact, entity, level, month, span, service, student_group, band, case when status = 'published' then value end as value, status
from cells
where entity = any($entities) and fact = any($facts) and ($months is null or month = any($months))
order by fact, entity, month, span, service, student_group, band
