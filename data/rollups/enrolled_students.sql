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
        case when grouping(school) = 1 then 'district' else 'school' end as level,
        coalesce(school, lea * 10000000) as entity,
        student,
        year,
        month,
        cast(sum(expected) as bigint) as expected,
        cast(sum(attended) as bigint) as attended,
        cast(sum(excused) as bigint) as excused,
        cast(sum(unexcused) as bigint) as unexcused,
        cast(sum(suspended) as bigint) as suspended,
        cast(sum(incomplete) as bigint) as incomplete,
        cast(sum(excused + unexcused + suspended + incomplete) as bigint) as absent,
        case when count(month_expected) = count(*) then cast(sum(month_expected) as bigint) end as month_expected,
        case when count(month_attended) = count(*) then cast(sum(month_attended) as bigint) end as month_attended
    from to_date
    group by grouping sets ((lea, school, student, year, month), (lea, student, year, month))
    having sum(expected) >= 200
) as students
