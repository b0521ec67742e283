-- One row per place named: what the directory and the newest files say of it.
select entity, level, name, county, county_name, region, region_name, district, district_name, low_grade, high_grade,
    school_level, enrollment, charter, directory_status, latitude, longitude, cohorts, schools, grantee_schools
from places
where entity = any($entities)
order by list_position($entities, entity)
