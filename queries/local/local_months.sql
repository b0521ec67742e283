-- One row per month that an entity has published cells of.
select distinct month
from cells
where entity = $entity
order by month
