-- One row per indicator, year and level that holds facts.
select distinct indicator, year, level
from coverage
order by indicator, year, level
