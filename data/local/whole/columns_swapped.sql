-- One row per file in which more than half of the records have more days attended than expected.
select file, cast(null as bigint) as record, cast(count(*) filter (where attended > expected) as varchar) as value
from clean_attendance where expected is not null and attended is not null
group by file having count(*) >= 5 and 2 * count(*) filter (where attended > expected) > count(*) order by file
