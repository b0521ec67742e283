-- One row per file of daily marks in which no record has a code, an entry or a leave.
select file, cast(null as bigint) as record, cast(count(*) as varchar) as value
from clean_days
group by file having count(*) > 0 and bool_and(coalesce(code_text, '') = '' and coalesce(event_text, '') = '') order by file
