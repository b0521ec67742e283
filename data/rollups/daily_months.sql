-- One row per student, school and closed month with daily rows: tenths of days by code. In-school suspension is attendance
-- (CALPADS).
select
    d.student,
    cast(d.school as bigint) as school,
    c.month,
    c.year,
    10 * d.days as expected,
    10 * (d.days - d.excused - d.unexcused - d.suspended - d.incomplete) as attended,
    10 * d.excused as excused,
    10 * d.unexcused as unexcused,
    10 * d.suspended as suspended,
    10 * d.incomplete as incomplete
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
) as d
join closed_months as c on c.month = d.month
