-- One row per first mark of a student without an entry, in files that have rows of entry.
select d.file, d.record, d.value from (
  select file, record, student, student_text as value, row_number() over (partition by file, student order by record) as place
  from clean_days where kept and code is not null and code <> 'P') as d
where d.place = 1 and d.file in (select file from clean_days where event = 'enter')
  and not exists (select 1 from clean_days as e where e.event = 'enter' and e.student = d.student and e.file = d.file)
order by d.file, d.record
