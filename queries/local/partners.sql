-- One row per partner, school and pillar of an LEA's partner directory.
select distinct name, school, pillar
from partners
where lea = $lea
order by name, school, pillar
