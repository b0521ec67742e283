-- One row per workbook: surplus rows, their first last line, and the last line of a place whose rows differ.
select coalesce(sum(n) - count(*), 0)::bigint as again, min(line) as line, max(line) filter (kinds > 1) as differ
from (
    select count(*) as n, max(line) as line, count(distinct (marks, statuses)::varchar) as kinds
    from typed
    group by entity
    having count(*) > 1
)
