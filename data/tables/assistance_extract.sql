-- One row per place and year with a status: groups and the priority areas that each of them met, for the file's own year only.
select distinct year as report_year, level, entity, county, program, said.year as year, said.status as status,
    if(said.year = report_year, [m.code for m in marks], null) as groups,
    if(said.year = report_year and program = 'LCFF', [areas_of(m.mark) for m in marks], null) as priorities
from (select * exclude (statuses), unnest(statuses) as said from typed)
order by entity, said.year
