-- One row per file: its places without a row for all students, and the first line of the first of them.
select count(*) filter (not total) as places, min(line) filter (not total) as line
from (
    select bool_or(student_group = 'TA') as total, min(line) as line
    from typed
    group by level, entity, charter, dass
)
