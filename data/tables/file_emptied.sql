-- One row: the first blank or zero row of a place whose other groups leave students for it, with none of them withheld.
select min(line)
from (
    select min(line) filter (status = 'not_published') as line, count(*) filter (status = 'withheld') as withheld,
        max(measure) filter (student_group = 'TA') as total, sum(measure) filter (student_group <> 'TA') as parts
    from (
        select line, level, entity, student_group, status, columns($measure) as measure
        from typed
        where is_kept(level, charter, dass) and (student_group = 'TA' or list_contains($members, student_group::varchar))
    )
    group by level, entity
)
where line is not null and withheld = 0 and parts < total
