-- One row per file: school rows that are withheld, that are blank and that are zero; and the first line without a number.
select count(*) filter (status = 'withheld') as withheld, count(*) filter (status = 'not_published' and not empty) as blank,
    count(*) filter (empty) as zero, min(line) filter (status = 'not_published') as line
from typed
where level = 'school'
