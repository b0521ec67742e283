-- One row per place whose rows give different numbers: the first line and the last.
select min(line) as first_line, max(line) as last_line
from typed
where used
group by level, entity
having count(distinct (total_text, pupils_text)) > 1
order by first_line
limit 1
