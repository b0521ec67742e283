-- One row per mark of a student on a day that has another mark (not an equal row).
select file, record, value from (
  select file, record, student_text as value, row_number() over (partition by student, school, date order by file, record) as place
  from clean_days where kept and student is not null and code is not null) as d
where place > 1 order by file, record
