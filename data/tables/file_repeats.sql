-- One row per file: the places with several used rows for one student group.
select count(*) as repeated
from (
    select 1
    from typed
    where is_kept(level, charter, dass)
    group by level, entity, student_group
    having count(*) > 1
)
