-- One row per student, school and month with daily rows: tenths of days by code. In-school suspension is attendance (CALPADS).
select
    student,
    cast(school as bigint) as school,
    month,
    case when month % 100 >= 7 then month // 100 + 1 else month // 100 end as year,
    10 * days as expected,
    10 * (days - excused - unexcused - suspended - incomplete) as attended,
    10 * excused as excused,
    10 * unexcused as unexcused,
    10 * suspended as suspended,
    10 * incomplete as incomplete
from (
    select
        student,
        school,
        cast(year(day) * 100 + month(day) as integer) as month,
        count(*) as days,
        count(*) filter (where code = 'E') as excused,
        count(*) filter (where code = 'U') as unexcused,
        count(*) filter (where code = 'S') as suspended,
        count(*) filter (where code = 'N') as incomplete
    from days
    group by student, school, cast(year(day) * 100 + month(day) as integer)
) as counted
