-- One row per place and year: every place that some file of the year names.
select level, entity, year, max(county_name) as county_name, max(district_name) as district_name, max(school_name) as school_name
from read_parquet($files, union_by_name = true)
group by level, entity, year
