-- One row per place of the build, kind of grant, cohort and years: the grants that the list of grantees names.
select distinct entity, level, g.grant_type, g.cohort, g.starts, g.ends
from grantees g
join places p using (level, entity)
order by entity, grant_type, cohort, starts
