-- One row per file: the first line of a place whose groups $members add to more students than its row $total.
select min(line) as line
from (
    select min(line) as line, max(currdenom) filter (student_group = $total) as whole,
        sum(currdenom) filter (student_group <> $total) as parts
    from typed
    where used and (student_group = $total or list_contains($members, student_group::varchar))
    group by entity
)
where parts > whole
