-- One row per line of a first list for which two places are accepted: the last such line of this list, and the first list's line.
select max(line) as line, list_line
from typed
where list_line <> ''
group by list_line
having count(distinct entity) > 1
order by line
limit 1
