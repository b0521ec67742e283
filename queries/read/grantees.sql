-- One row per community school and cohort: the list of grantees of the build, narrowed to a region or county.
select p.entity, p.name, p.level, p.district, p.district_name, p.county, p.county_name, p.region, p.directory_status,
    unnest(p.cohorts) as cohort
from places p
where p.level = 'school' and p.cohorts is not null and ($region is null or p.region = $region)
    and ($county is null or p.county = $county)
order by cohort, p.entity
