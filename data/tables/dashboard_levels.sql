-- One row per line of a Dashboard file whose counts are sound: the counts of both years and what the state printed of them.
select t.line, t.rtype, t.entity, t.school_type, l.line as student_group, t.student_group::varchar as code,
    if(t.level = 'school', t.school_name, if(t.level = 'state', 'California', t.district_name)) as name,
    if(t.rtype = 'D', 'district', t.level::varchar) as level,
    coalesce(t.numer_printed, -1) as k, coalesce(t.denom_printed, -1) as n,
    coalesce(t.prior_numer, -1) as prior_k, coalesce(t.prior_denom, -1) as prior_n,
    t.change_tenths::double as change_tenths, coalesce(t.status_level, 0) as status_level, coalesce(t.change_level, 0) as change_level,
    coalesce(t.color, 0) as color, coalesce(t.box, 0) as box, coalesce(t.small_denominator, false) as small,
    coalesce(t.n_size_met, false) as n_size_met, coalesce(t.prior_n_size_met, false) as prior_n_size_met,
    coalesce(t.accountability_met, false) as accountability_met,
    -- In either year, some group of the family is too small to be shown: a change would tell of it.
    l.line in (select member from family_members) and bool_or(coalesce(t.denom_printed, 0) < 11 or coalesce(t.prior_denom, 0) < 11)
        filter (l.line in (select member from family_members)) over (partition by t.rtype, t.entity) as guarded
from typed t
join group_lines l on l.code = t.student_group::varchar
where t.fault is null and not t.forced
order by t.line
