-- One row per typed row of the file, in its order: the place, group, scope and status as numbers, and its counts.
select entity::bigint as entity, list_position($groups, student_group::varchar) as student_group,
    ascii(level::varchar) * 1000000 + ascii(charter::varchar) * 1000 + ascii(dass::varchar) as scope,
    length(status::varchar) as status, coalesce(columns($counts), -1)
from typed
