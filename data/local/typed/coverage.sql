-- One row per feed with dates: weeks of this school year that have rows, of the weeks with school days up to the last month closed.
with ends as (
  select case when $through % 100 = 12 then make_date(cast($through // 100 as integer) + 1, 1, 1)
    else make_date(cast($through // 100 as integer), cast($through % 100 as integer) + 1, 1) end as after),
weeks as (
  select distinct date_trunc('week', day) as week from calendar, ends
  where day >= make_date($year - 1, 8, 10) and day < make_date($year, 6, 11) and day < after),
rows_of as (
  select distinct 'services' as feed, date_trunc('week', day) as week from services where day is not null
  union select distinct 'discipline', date_trunc('week', day) from discipline where day is not null
  union select distinct 'attendance', date_trunc('week', day) from days where day is not null)
select r.feed, count(*) as weeks, (select count(*) from weeks) as of
from rows_of as r join weeks as w on w.week = r.week group by r.feed order by r.feed
