-- One row per school or LEA and school year that any file of this district names.
select distinct l.level, s.school // l.size * l.size as entity, s.school // 10000000 as lea, s.year
from (
    select school, year from attendance_months
    union all
    select school, year from service_contacts
    union all
    select school, year from dated_discipline
) as s
cross join levels as l
