-- One row per district or school without a number in the year's file that had one the year before, or that the directory has open.
select p.entity, p.name, p.county_name, p.level, p.directory_status,
    b.status is not null and b.status <> 'not_published' as had
from places p
left join facts_by_group f
    on f.indicator = $indicator and f.student_group = $student_group and f.level = p.level and f.year = $year and f.entity = p.entity
left join facts_by_group b
    on b.indicator = $indicator and b.student_group = $student_group and b.level = p.level and b.year = $year - 1
    and b.entity = p.entity
where p.level in ('district', 'school') and p.directory_status not in ('closed', 'merged')
    and ($region is null or p.region = $region)
    and ($county is null or p.county = $county)
    and (f.status is null or f.status = 'not_published')
    and (p.directory_status = 'active' or (b.status is not null and b.status <> 'not_published'))
order by p.level, had desc, p.name, p.entity
