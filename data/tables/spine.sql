-- One row per place, year and student group that should exist: places of the year x groups published at that level in that year.
with years as (
    select distinct year from mart
),
present as (
    select level, entity, year from named where year in (select year from years)
    union
    select d.level, d.entity, y.year
    from directory d
    join years y on y.year > coalesce(year(d.opened + interval 6 month), (select max(year) from years) - 1)
        and y.year <= coalesce(year(d.closed + interval 6 month), case when d.status in ('active', 'pending') then 9999 else 0 end)
    where substr(d.entity, 8, 7) <> '0000001'
),
groups as (
    select distinct level, year, student_group from mart where level <> 'region'
)
select p.level, p.entity, p.year, g.student_group
from present p
join groups g using (level, year)
