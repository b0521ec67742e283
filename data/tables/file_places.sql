-- One row per place and scope as the file names it, with its first line.
create or replace temp table named as
select level, entity, min(county) as county, min(county_name) as county_name, min(district_name) as district_name,
    min(school_name) as school_name, charter, dass, min(line) as line
from typed
group by level, entity, charter, dass
