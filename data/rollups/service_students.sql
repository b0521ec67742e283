-- One row per school, student, school year, pillar and category: the months with a delivered service and those in whose last 30
-- days a support reached the student (bits of closed_months), and how many services each month had, from July on.
select
    cast(s.school as bigint) as school,
    c.year,
    s.student,
    s.pillar,
    s.category,
    bit_or(c.bit) as months,
    bit_or(case
        when k.support is null then 0
        when s.day > c.last_day - 30 and s.day > c.next_last_day - 30 then 3 * c.bit
        when s.day > c.last_day - 30 then c.bit
        else 0
    end) as supported,
    count(*) filter (where c.bit = 1) as july,
    count(*) filter (where c.bit = 2) as august,
    count(*) filter (where c.bit = 4) as september,
    count(*) filter (where c.bit = 8) as october,
    count(*) filter (where c.bit = 16) as november,
    count(*) filter (where c.bit = 32) as december,
    count(*) filter (where c.bit = 64) as january,
    count(*) filter (where c.bit = 128) as february,
    count(*) filter (where c.bit = 256) as march,
    count(*) filter (where c.bit = 512) as april,
    count(*) filter (where c.bit = 1024) as may,
    count(*) filter (where c.bit = 2048) as june
from services as s
join closed_months as c on c.month = year(s.day) * 100 + month(s.day)
left join service_categories as k on k.category = s.category and k.support = 'yes'
where s.delivered and s.student is not null
group by cast(s.school as bigint), c.year, s.student, s.pillar, s.category
