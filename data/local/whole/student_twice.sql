-- One row per record of a student whose grade or race differs from an earlier record of the same school.
select s.file, s.record, s.student_text as value
from clean_students as s join (
  select student, school, of_year, min(record) as first_record from clean_students where kept
  group by student, school, of_year having count(distinct grade) > 1 or count(distinct race) > 1) as t
  on t.student = s.student and t.school = s.school and t.of_year = s.of_year
where s.kept and s.record > t.first_record order by s.file, s.record
