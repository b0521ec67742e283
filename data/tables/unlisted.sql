-- One row per family: its schools that the directory lacks, and the first of them.
select count(*) as schools, min(entity) as first
from (
    select distinct entity
    from read_parquet($files)
    where level = 'school' and substr(entity, 8) not in ('0000000', '0000001')
        and entity not in (select entity from read_parquet($directory))
)
