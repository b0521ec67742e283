-- One row per student, school and day: P present, E excused, U unexcused, S suspended, I in-school suspension, N incomplete.
create table days as
with read as (
  select n.student, d.school, d.date as day, d.code, d.event, d.of_year, d.code_text
  from clean_days as d join student_numbers as n on n.key = d.student
  where d.kept and d.date is not null and d.date <= $today),
-- Where a file has rows of entry and leave, days without a mark between them are days present.
moves as (
  select student, school, of_year, day as first_day, event,
    lead(day) over (partition by student, school, of_year order by day, event desc) as next_day
  from read where event is not null),
present as (
  select m.student, m.school, c.day, 'P' as code
  from moves as m join calendar as c on c.school = m.school and c.day >= m.first_day and (m.next_day is null or c.day < m.next_day)
    and c.day < make_date(m.of_year, 7, 1) and c.day <= $today
  where m.event = 'enter'),
marks as (
  select student, school, day, code, 1 as rank from read where code in ('P', 'E', 'U', 'S', 'I', 'N') union all select *, 2 as rank from present),
-- Two marks on one day: an absence goes before a presence, a suspension before both.
ranked as (
  select student, school, day, code,
    row_number() over (partition by student, school, day
      order by rank, case code when 'S' then 1 when 'U' then 2 when 'E' then 3 when 'N' then 4 when 'I' then 5 else 6 end) as place
  from marks)
select student, school, day, code from ranked where place = 1
