-- One row per indicator, year and level: how many rows stand in each status.
select indicator, year, level, status, rows
from coverage
order by indicator, year, level, status
