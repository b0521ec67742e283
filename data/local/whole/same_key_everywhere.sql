-- One row per file of several records that all have one student key.
select file, cast(null as bigint) as record, cast(count(*) as varchar) as value
from clean_attendance where month is null and student is not null
group by file having count(*) >= 5 and count(distinct student) = 1 order by file
