-- One row per file of daily marks without any presence, entry or leave.
select file, cast(null as bigint) as record, cast(count(*) as varchar) as value
from clean_days where code is not null or event is not null
group by file having count(*) filter (where code = 'P' or event is not null) = 0 order by file
