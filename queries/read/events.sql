-- One row per event that a place lists and that had not ended on a day, the next first.
select e.entity, p.name as place, e.starts::varchar as starts, e.ends::varchar as ends, e.title, e.kind, e.venue, e.audience,
    e.registration
from events e
join places p using (entity)
where e.entity = any($entities) and e.ends >= $day::date
order by e.starts, e.ends, list_position($entities, e.entity), e.title
