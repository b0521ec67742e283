-- One row per place, program and year: CDE's assistance status of a place, and for a county of its districts and its county office.
select p.entity, p.name, a.program, a.year, a.status, a.groups, a.priorities,
    -- CDE numbers county offices 10, the county and a digit (58 of 58 in the LCFF file of 2024).
    regexp_full_match(a.entity, '\d{2}10\d{3}0{7}') as office
from assistance a
join places p using (entity)
where a.entity = $entity or (a.level = 'district' and p.county || '000000000000' = $entity)
order by p.name, p.entity, a.program, a.year
