-- One row per contact that a place lists and that had not ended on a day, the places in the order given.
select c.entity, p.name as place, c.office, c.topic, c.email, c.phone, c.valid_from::varchar as valid_from,
    c.valid_to::varchar as valid_to, c.note
from contacts c
join places p using (entity)
where c.entity = any($entities) and (c.valid_to is null or c.valid_to >= $day::date)
order by list_position($entities, c.entity), c.office, c.topic, c.valid_from
