-- One row per fact of days or of absence bands, place, closed month and band: enrolled students, and whole days (half up).
select f.fact, c.level, c.entity, c.month, f.span, 'all' as service, 'TA' as student_group, f.band,
    case f.band
        when 'under_5' then c.under_5
        when '5_to_10' then c.from_5_to_10
        when '10_to_20' then c.from_10_to_20
        when '20_up' then c.from_20
        when 'excused' then (c.excused + 5) // 10
        when 'unexcused' then (c.unexcused + 5) // 10
        when 'suspended' then (c.suspended + 5) // 10
        when 'incomplete' then (c.incomplete + 5) // 10
        else case
            when f.fact = 'days_expected' and f.span = 'ytd' then (c.expected + 5) // 10
            when f.fact = 'days_attended' and f.span = 'ytd' then (c.attended + 5) // 10
            when f.fact = 'days_expected' then (c.month_expected + 5) // 10
            else (c.month_attended + 5) // 10
        end
    end as value
from (
    select
        level,
        entity,
        month,
        count(*) filter (where band = 'under_5') as under_5,
        count(*) filter (where band = '5_to_10') as from_5_to_10,
        count(*) filter (where band = '10_to_20') as from_10_to_20,
        count(*) filter (where band = '20_up') as from_20,
        cast(sum(expected) as bigint) as expected,
        cast(sum(attended) as bigint) as attended,
        cast(sum(excused) as bigint) as excused,
        cast(sum(unexcused) as bigint) as unexcused,
        cast(sum(suspended) as bigint) as suspended,
        cast(sum(incomplete) as bigint) as incomplete,
        case when count(month_expected) = count(*) then cast(sum(month_expected) as bigint) end as month_expected,
        case when count(month_attended) = count(*) then cast(sum(month_attended) as bigint) end as month_attended
    from enrolled_students
    group by level, entity, month
) as c
cross join (
    values
        ('absence_band', 'ytd', 'under_5'), ('absence_band', 'ytd', '5_to_10'), ('absence_band', 'ytd', '10_to_20'),
        ('absence_band', 'ytd', '20_up'), ('days_absent', 'ytd', 'excused'), ('days_absent', 'ytd', 'unexcused'),
        ('days_absent', 'ytd', 'suspended'), ('days_absent', 'ytd', 'incomplete'), ('days_expected', 'ytd', 'all'),
        ('days_attended', 'ytd', 'all'), ('days_expected', 'month', 'all'), ('days_attended', 'month', 'all')
) as f(fact, span, band)
where f.span = 'ytd' or (c.month_expected > 0 and c.month_attended between 0 and c.month_expected)
