-- One row per used line that repeats another one about the same place and student group; a school's own flag goes first.
insert into surplus
select line
from typed
where is_kept(level, charter, dass)
qualify row_number() over (partition by level, entity, student_group order by charter = 'all', line) > 1
