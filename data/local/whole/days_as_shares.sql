-- One row per file in which nobody has more than one day expected.
select file, cast(null as bigint) as record, cast(count(*) as varchar) as value
from clean_attendance where expected is not null
group by file having count(*) >= 5 and max(expected) <= 10 and max(expected) > 0 order by file
