-- One row per student, school and student group. A file of groups goes before what attendance files say; later rows before earlier.
create table members as
with said as (
  select 1 as rank, file, record, student, school, of_year, grade, gender, race, english_learner, disability, disadvantaged,
    foster, homeless from clean_students where kept
  union all
  select 2, file, record, student, school, of_year, grade, gender, race, english_learner, disability, disadvantaged,
    foster, homeless from clean_attendance where kept
  union all
  select 3, file, record, student, school, of_year, grade, gender, race, english_learner, disability, disadvantaged,
    foster, homeless from clean_days where kept and coalesce(grade, gender, race) is not null),
one_year as (select * from said where of_year = $year),
lines as (
  select rank, file, record, student, school, 'grade' as dimension, grade as student_group from one_year where grade is not null
  union all select rank, file, record, student, school, 'gender', gender from one_year where gender is not null
  union all select rank, file, record, student, school, 'race', race from one_year where race is not null
  union all select rank, file, record, student, school, 'SE', case english_learner when 'yes' then 'SE' else 'no' end
    from one_year where english_learner is not null
  union all select rank, file, record, student, school, 'SD', case disability when 'yes' then 'SD' else 'no' end
    from one_year where disability is not null
  union all select rank, file, record, student, school, 'SS', case disadvantaged when 'yes' then 'SS' else 'no' end
    from one_year where disadvantaged is not null
  union all select rank, file, record, student, school, 'SF', case foster when 'yes' then 'SF' else 'no' end
    from one_year where foster is not null
  union all select rank, file, record, student, school, 'SH', case homeless when 'yes' then 'SH' else 'no' end
    from one_year where homeless is not null),
told as (
  select n.student, l.school, l.student_group,
    row_number() over (partition by n.student, l.school, l.dimension order by l.rank, l.file desc, l.record desc) as place
  from lines as l join student_numbers as n on n.key = l.student)
select student, school, student_group from told where place = 1 and student_group not in ('no', 'none')
