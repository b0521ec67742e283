-- One row per offense whose incident is in neither the file of incidents nor that of results.
select o.file, o.record, o.incident_text as value from clean_offense as o
where o.kept and o.incident is not null
  and not exists (select 1 from clean_incident as i where i.kept and i.school = o.school and i.incident = o.incident and i.student = o.student)
  and not exists (select 1 from clean_result as r where r.kept and r.school = o.school and r.incident = o.incident and r.student = o.student)
order by o.file, o.record
