-- One row per place, year and student group of the Dashboard: none, for a build without its files.
select null::varchar as indicator, null::varchar as level, null::varchar as entity, null::smallint as year,
    null::varchar as student_group, null::varchar as school_type, null::integer as rate_tenths, null::tinyint as status_level,
    null::integer as change_tenths, null::tinyint as change_level, null::tinyint as color, null::smallint as box,
    null::boolean as small_denominator, null::boolean as n_size_met, null::boolean as prior_n_size_met,
    null::boolean as accountability_met
where false
