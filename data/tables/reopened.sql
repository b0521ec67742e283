-- One row per family: its schools with numbers for years after the directory closed them, and the first of them.
select count(distinct entity) as schools, min(entity) as first
from read_parquet($files) f
join read_parquet($directory) d using (entity)
where f.level = 'school' and d.status = 'closed' and d.closed < make_date(f.year - 1, 7, 1)
