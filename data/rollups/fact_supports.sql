-- One row per fact, place and closed month: chronically absent students with a support in the last 30 days of the month
-- (chronic_supported), students with 30 days or more of expanded learning so far (expanded_learning), students whose family had a
-- home visit or a conference so far (family_contacted). Students with the same months are counted together first; 4096 less the
-- lowest bit is every month from the first one on.
with supports as (
    select 'chronic_supported' as fact, level, entity, student, year, supported as months
    from services_reached
    where service = 'all'
    union all
    select 'expanded_learning' as fact, level, entity, student, year, 4096 - bit as months
    from expanded_students
    union all
    select 'family_contacted' as fact, level, entity, student, year, 4096 - min(months & -months) as months
    from services_reached
    where service in ('home_visit', 'family_conference')
    group by level, entity, student, year
),
students as (
    select
        s.fact,
        s.level,
        s.entity,
        s.year,
        s.months & case s.fact when 'chronic_supported' then c.chronic else c.months end as months
    from supports as s
    join counted_months as c on c.level = s.level and c.entity = s.entity and c.student = s.student and c.year = s.year
),
together as (
    select fact, level, entity, year, months, count(*) as students
    from students
    group by fact, level, entity, year, months
)
select f.fact, p.level, p.entity, p.month, 'ytd' as span, 'all' as service, 'TA' as student_group, 'all' as band,
    cast(coalesce(sum(case when t.months & p.bit <> 0 then t.students else 0 end), 0) as bigint) as value
from served_places as p
cross join (values ('chronic_supported'), ('expanded_learning'), ('family_contacted')) as f(fact)
left join together as t on t.fact = f.fact and t.level = p.level and t.entity = p.entity and t.year = p.year
where f.fact <> 'chronic_supported' or p.attendance = 1
group by f.fact, p.level, p.entity, p.month
