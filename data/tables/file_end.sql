-- One row per student group that every other place has and the file's last place lacks: the group, and the last line.
with last as (
    select level, entity, charter, dass from typed order by line desc limit 1
),
shown as (
    select distinct student_group from typed join last using (level, entity, charter, dass)
)
select student_group, (select max(line) from typed) as line
from typed
group by student_group
having count(*) >= $others and student_group not in (select student_group from shown)
order by student_group
