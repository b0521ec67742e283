-- One row per workbook: its places that have a status of $year.
select count(*) as places
from typed
where len([s for s in statuses if s.year = $year]) > 0
