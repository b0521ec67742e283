-- One row per incident of a student without a result, where there is a file of results.
select i.file, i.record, i.incident_text as value from clean_incident as i
where i.kept and i.incident is not null and (select count(*) from clean_result) > 0
  and not exists (select 1 from clean_result as r where r.kept and r.school = i.school and r.incident = i.incident and r.student = i.student)
order by i.file, i.record
