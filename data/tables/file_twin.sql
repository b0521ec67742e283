-- One row per file: the last used line about the same place and student group as line $line.
select max(t.line) as line
from typed t
join (select level, entity, student_group from typed where line = $line) d
    on t.level = d.level and t.entity = d.entity and t.student_group = d.student_group
where is_kept(t.level, t.charter, t.dass)
