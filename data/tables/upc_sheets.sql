-- One row per workbook: the students of its two sheets, all of them and those who are counted once for need.
select sum(total_enrollment) filter (level = 'district')::bigint as agencies,
    sum(total_enrollment) filter (level = 'school')::bigint as schools,
    sum(unduplicated_pupils) filter (level = 'district')::bigint as pupils,
    sum(unduplicated_pupils) filter (level = 'school')::bigint as pupils_too
from typed
