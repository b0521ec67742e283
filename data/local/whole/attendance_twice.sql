-- One row per record of a student who has another record at the same school and month in the same file (not an equal one).
select file, record, value from (
  select file, record, student_text as value,
    row_number() over (partition by student, school, of_year, month, file order by record) as place
  from clean_attendance where kept and student is not null) as a
where place > 1 order by file, record
