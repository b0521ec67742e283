-- One row per program, year and status: how many places of a region, or of the whole state, have the assistance status.
select a.program, a.year, a.status, count(*) as places
from assistance a
join places p using (entity)
where $region is null or p.region = $region
group by all
order by a.program, a.year, a.status
