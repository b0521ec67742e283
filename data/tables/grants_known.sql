-- One row per grant of a place of the build: its type, cohort, and the ending years of its first and last school year.
select distinct g.entity, g.level, g.grant_type, g.cohort, g.starts, g.ends
from grantees g
join places p using (level, entity)
order by g.entity, g.starts, g.grant_type, g.cohort
