-- One row per school of a district.
select entity
from places
where level = 'school' and district = $district
order by entity
