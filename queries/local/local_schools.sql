-- One row per school of an LEA that has published cells.
select distinct entity
from cells
where lea = $lea and level = 'school'
order by entity
