-- One row per place, year and student group of a California School Dashboard file, with what the state made of it.
select year, level, entity, county, if(level = 'state', '', county_name) as county_name,
    if(level = 'state', '', district_name) as district_name, if(level = 'school', school_name, '') as school_name,
    student_group::varchar as student_group, currnumer, currdenom, status::varchar as status, school_type,
    if(status = 'withheld', null, rate_tenths) as rate_tenths, if(status = 'withheld', null, change_tenths) as change_tenths,
    nullif(status_level, 0) as status_level, nullif(change_level, 0) as change_level, nullif(color, 0) as color,
    nullif(box, 0) as box, small_denominator, n_size_met, prior_n_size_met, accountability_met
from typed
where used
order by entity, student_group
