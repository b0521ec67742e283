-- One row: what the loaded text says about itself. lea: the district most rows name; year: the last school year of the rows;
-- last_month: the last month of dated rows, null where there are only yearly figures. $lea, $year, $through are not known yet.
with attended as (select lea, school, year, month, count(*) as rows from raw_attendance group by lea, school, year, month),
-- Rows say the same again and again: each different one is looked at once.
texts as (
  select lea, school, year, cast(null as varchar) as day, rows from attended
  union all select lea, school, month, month, rows from attended
  union all select lea, school, year, date, count(*) from raw_days group by lea, school, year, date
  union all select lea, school, year, date, count(*) from raw_incident group by lea, school, year, date
  union all select lea, school, year, date, count(*) from raw_result group by lea, school, year, date
  union all select lea, school, year, null, count(*) from raw_students group by lea, school, year
  union all select null, school, null, coalesce(date, referred), count(*) from raw_services group by school, coalesce(date, referred)
  union all select lea, school, null, null, count(*) from raw_partners group by lea, school),
leas as (
  select case when regexp_matches(trim(school), '^[0-9]{14}$') then substr(trim(school), 1, 7)
    when regexp_matches(trim(lea), '^[0-9]{7}$') and trim(lea) <> coalesce(trim(school), '') then trim(lea) end as lea, rows from texts),
most as (select lea, sum(rows) as rows from leas where lea is not null group by lea order by rows desc, lea limit 1),
months as (
  select case when regexp_matches(trim(day), '^20[0-9]{2}-[0-9]{2}') then cast(substr(trim(day), 1, 4) || substr(trim(day), 6, 2) as integer)
    when regexp_matches(trim(day), '^20[0-9]{4}([0-9]{2})?$') then cast(substr(trim(day), 1, 6) as integer)
    when regexp_matches(trim(day), '^[0-9]{1,2}/[0-9]{1,2}/20[0-9]{2}') then
      cast(regexp_extract(trim(day), '/(20[0-9]{2})', 1) || lpad(split_part(trim(day), '/', 1), 2, '0') as integer) end as month
  from texts where day is not null),
years as (
  select case when regexp_matches(trim(year), '^20[0-9]{2}.20[0-9]{2}$') then cast(substr(trim(year), 6, 4) as integer)
    when regexp_matches(trim(year), '^20[0-9]{2}.[0-9]{2}$') then 2000 + cast(substr(trim(year), 6, 2) as integer)
    when regexp_matches(trim(year), '^20[0-9]{2}$') then cast(trim(year) as integer) end as year from texts
  union all select month // 100 + case when month % 100 >= 7 then 1 else 0 end from months
  where month % 100 between 1 and 12 and month <= year($today) * 100 + month($today))
select (select lea from most) as lea, cast((select max(year) from years) as integer) as year,
  (select max(month) from months where month % 100 between 1 and 12 and month <= year($today) * 100 + month($today)) as last_month
