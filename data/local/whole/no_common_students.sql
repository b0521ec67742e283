-- One row, or none: students of the service log where none of 20 or more stands in the attendance files.
with served as (select distinct student from services where student is not null),
enrolled as (select distinct student from attendance union select distinct student from days),
told as (select (select count(*) from served) as served, (select count(*) from enrolled) as enrolled,
  (select count(*) from served where student in (select student from enrolled)) as common)
select 1 as file, cast(null as bigint) as record, cast(served as varchar) as value from told
where served >= 20 and enrolled > 0 and common = 0
