-- One row: how many lines repeat another of their place and student group, and the first of those with different counts.
select sum(n)::bigint - count(*), min(line) filter (distinct_values > 1)
from (
    select count(*) as n, count(distinct row(*columns($counts), status)::varchar) as distinct_values, min(line) as line
    from typed
    where is_kept(level, charter, dass)
    group by level, entity, student_group
    having count(*) > 1
)
