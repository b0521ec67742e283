-- One row per key by which a file names a student: the student's number, in the order of salted hashes. Keys go no further.
create table student_numbers as
with keys as (
  select student as key, student_local as other from clean_attendance where kept
  union select student, student_local from clean_days where kept
  union select student, student_local from clean_incident where kept
  union select student, student_local from clean_result where kept
  union select student, student_local from clean_offense where kept
  union select student, student_local from clean_students where kept
  union select student, student_local from clean_services where kept),
-- Where a file carries the state's and the district's number, the second leads to the first.
same as (select other, min(key) as key from keys where other is not null and key is not null and other <> key group by other),
named as (
  select k.key, coalesce(s.key, k.key) as one
  from (select key from keys where key is not null union select other from keys where other is not null) as k
  left join same as s on s.other = k.key),
numbered as (
  select one, row_number() over (order by sha256($salt || '|' || $lea || '|' || one)) as student
  from (select distinct one from named) as n)
select n.key, m.student from named as n join numbered as m on m.one = n.one
