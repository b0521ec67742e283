-- One row per file: its rows, and those that repeat a row of the same place, scope and student group.
select coalesce(sum(n), 0)::bigint as rows, coalesce(sum(n - 1), 0)::bigint as surplus
from (
    select count(*) as n
    from typed
    group by level, entity, student_group, charter, dass
)
