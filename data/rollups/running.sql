-- One row per student, school and month of `monthly`: that month's days, and those of the school year so far, which hold until
-- the month before `next_month`.
select
    student,
    school,
    year,
    month,
    lead(month) over so_far as next_month,
    expected as month_expected,
    attended as month_attended,
    cast(sum(expected) over so_far as bigint) as expected,
    cast(sum(attended) over so_far as bigint) as attended,
    cast(sum(excused) over so_far as bigint) as excused,
    cast(sum(unexcused) over so_far as bigint) as unexcused,
    cast(sum(suspended) over so_far as bigint) as suspended,
    cast(sum(incomplete) over so_far as bigint) as incomplete
from monthly
window so_far as (partition by student, school, year order by month)
