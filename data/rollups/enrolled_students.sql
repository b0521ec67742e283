-- One row per school or LEA, student and closed month: days so far of a student with 20 expected days or more (tenths of days).
-- A student's records are added up within the school and, apart from that, within the LEA; absent is C+E+F+G of CALPADS 14.2.
select
    level,
    entity,
    student,
    year,
    month,
    expected,
    attended,
    excused,
    unexcused,
    suspended,
    incomplete,
    month_expected,
    month_attended,
    100 * absent >= 10 * expected as chronic,
    case
        when 100 * absent < 5 * expected then 'under_5'
        when 100 * absent < 10 * expected then '5_to_10'
        when 100 * absent < 20 * expected then '10_to_20'
        else '20_up'
    end as band
from (
    select
        l.level,
        d.school // l.size * l.size as entity,
        d.student,
        d.year,
        d.month,
        cast(sum(d.expected) as bigint) as expected,
        cast(sum(d.attended) as bigint) as attended,
        cast(sum(d.excused) as bigint) as excused,
        cast(sum(d.unexcused) as bigint) as unexcused,
        cast(sum(d.suspended) as bigint) as suspended,
        cast(sum(d.incomplete) as bigint) as incomplete,
        cast(sum(d.excused + d.unexcused + d.suspended + d.incomplete) as bigint) as absent,
        case when count(d.month_expected) = count(*) then cast(sum(d.month_expected) as bigint) end as month_expected,
        case when count(d.month_attended) = count(*) then cast(sum(d.month_attended) as bigint) end as month_attended
    from to_date as d
    cross join levels as l
    group by l.level, d.school // l.size * l.size, d.student, d.year, d.month
    having sum(d.expected) >= 200
) as students
