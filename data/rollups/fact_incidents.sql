-- One row per fact (incidents, incidents_answered, incidents_restored), place and closed month: incidents of the year so far.
with incidents as (
    select
        school,
        year,
        incident,
        min(month) as month,
        max(case when result <> 'none' then 1 else 0 end) as answered,
        max(case when result = 'restorative' then 1 else 0 end) as restored
    from dated_discipline
    group by school, year, incident
),
by_month as (
    select
        l.level,
        i.school // l.size * l.size as entity,
        i.year,
        i.month,
        count(*) as incidents,
        sum(i.answered) as answered,
        sum(i.restored) as restored
    from incidents as i
    cross join levels as l
    group by l.level, i.school // l.size * l.size, i.year, i.month
)
select f.fact, p.level, p.entity, k.month, 'ytd' as span, 'all' as service, 'TA' as student_group, 'all' as band,
    cast(coalesce(sum(case f.fact
        when 'incidents' then i.incidents
        when 'incidents_answered' then i.answered
        else i.restored
    end), 0) as bigint) as value
from local_places as p
join covered as k on k.feed = 'discipline' and k.lea = p.lea and k.year = p.year
cross join (values ('incidents'), ('incidents_answered'), ('incidents_restored')) as f(fact)
left join by_month as i on i.level = p.level and i.entity = p.entity and i.year = p.year and i.month <= k.month
group by f.fact, p.level, p.entity, k.month
