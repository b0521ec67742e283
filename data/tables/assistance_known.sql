-- One row per place of the build, program and year: a year's own file leads, then the newest that tells of it.
select a.entity, a.level, a.program, a.year, a.status, a.groups, a.priorities
from assistance_rows a
join places p using (level, entity)
qualify row_number() over (partition by a.entity, a.program, a.year order by a.report_year = a.year desc, a.report_year desc) = 1
order by entity, program, year
