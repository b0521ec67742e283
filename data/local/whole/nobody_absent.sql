-- One row per file of 100 records or more in which every day expected was attended.
select file, cast(null as bigint) as record, cast(count(*) as varchar) as value
from clean_attendance where expected is not null and attended is not null
group by file having count(*) >= 100 and sum(expected) = sum(attended) order by file
