-- One row per student group of the file, in order of its code.
select distinct student_group::varchar as student_group
from typed
order by 1
