-- One row per district (without its charter schools) and school: all students, and those who are counted once for need.
select distinct year, level, entity, county, county_name, district_name, if(level = 'school', school_name, '') as school_name,
    'TA' as student_group, if(total_enrollment > 0, total_enrollment, null) as total_enrollment,
    if(total_enrollment > 0, unduplicated_pupils, null) as unduplicated_pupils,
    case when total_enrollment is null or unduplicated_pupils is null or total_enrollment = 0 then 'not_published'
        when unduplicated_pupils = 0 then 'zero' else 'published' end as status
from typed
where used
order by level, entity
