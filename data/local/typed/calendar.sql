-- One row per school and school day: the calendar that was brought, else the days of daily rows, else weekdays but holidays.
create table calendar as
with seen as (
  select school from clean_attendance where kept union select school from clean_days where kept
  union select school from clean_incident where kept union select school from clean_result where kept
  union select school from clean_students where kept union select school from clean_services where kept),
brought as (
  select s.school, c.date as day from seen as s join clean_calendar as c on c.school = s.school
  where c.copy = 1 and c.date is not null
  union
  select s.school, c.date from seen as s cross join clean_calendar as c
  where c.copy = 1 and c.date is not null and c.school is null and coalesce(trim(c.school_text), '') = ''),
-- A daily file names a day when anybody of the district is marked on it or enters.
marked as (select distinct date as day from clean_days where kept and date is not null and (code is not null or event = 'enter')),
daily as (select s.school, m.day from (select distinct school from clean_days where kept) as s cross join marked as m),
numbers as (select cast(range as integer) as n from range(0, 732)),
weekdays as (
  select make_date($year - 2, 7, 1) + n as day from numbers
  where isodow(make_date($year - 2, 7, 1) + n) <= 5 and make_date($year - 2, 7, 1) + n < make_date($year, 7, 1)),
open_days as (select day from weekdays where day not in (select cast(day as date) from holidays))
select school, day from brought
union all select school, day from daily where school not in (select school from brought)
union all
select s.school, o.day from seen as s cross join open_days as o
where s.school not in (select school from brought) and s.school not in (select school from daily)
