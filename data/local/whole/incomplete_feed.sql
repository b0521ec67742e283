-- One row per feed of which fewer than 90 percent of the records are complete.
select 0 as file, cast(null as bigint) as record,
  feed || ': ' || cast(sum(complete) as varchar) || ' of ' || cast(sum(records) as varchar) as value
from feeds group by feed having 10 * sum(complete) < 9 * sum(records) order by feed
