-- One row per student, school and snapshot: tenths of days from the start of the school year, exempt records left out.
select
    student,
    cast(school as bigint) as school,
    month,
    cast(sum(expected) as bigint) as expected,
    cast(sum(attended) as bigint) as attended,
    cast(sum(excused) as bigint) as excused,
    cast(sum(unexcused) as bigint) as unexcused,
    cast(sum(suspended) as bigint) as suspended,
    cast(sum(incomplete) as bigint) as incomplete
from attendance
where kind = 'to_date' and not coalesce(exempt, false) and month <= $through
group by student, cast(school as bigint), month
