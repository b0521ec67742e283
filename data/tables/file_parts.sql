-- One row: of one measure the state's total, the sum over one family of groups, how many of them are shown and how many withheld.
select max(measure) filter (student_group = 'TA'), sum(measure) filter (member)::bigint, count(measure) filter (member),
    count(*) filter (status = 'withheld' and member)
from (
    select student_group, status, list_contains($members, student_group::varchar) as member, columns($measure) as measure
    from typed
    where level = 'state' and is_kept(level, charter, dass)
)
