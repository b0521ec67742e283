-- One row per place and student group whose rows say different things: the first line and the last.
select min(line) as first_line, max(line) as last_line
from typed
group by rtype, entity, student_group
having count(distinct (
    numer_text, denom_text, rate_text, change_text, status_level_text, change_level_text, color_text
)::varchar) > 1
order by first_line
limit 1
