-- One row per school or LEA, student and school year: the months in which the student counts, and is chronically absent (bits).
select
    s.level,
    s.entity,
    s.student,
    s.year,
    bit_or(m.bit) as months,
    bit_or(case when s.chronic then m.bit else 0 end) as chronic
from counted_students as s
join closed_months as m on m.month = s.month
group by s.level, s.entity, s.student, s.year
