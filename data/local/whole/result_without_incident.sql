-- One row per result whose incident is not in the file of incidents, where there is such a file.
select r.file, r.record, r.incident_text as value from clean_result as r
where r.kept and r.date is null and r.incident is not null and (select count(*) from clean_incident) > 0
  and not exists (select 1 from clean_incident as i where i.kept and i.school = r.school and i.incident = r.incident and i.student = r.student)
order by r.file, r.record
