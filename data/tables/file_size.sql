-- One row per file: what is used of it, and the counties that have schools in it (or places, where no school is).
select count(*) as used,
    coalesce(nullif(count(distinct substr(entity, 1, 2)) filter (level = 'school'), 0), count(distinct substr(entity, 1, 2))) as counties
from extracted
