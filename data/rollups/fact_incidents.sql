-- One row per fact (incidents, incidents_answered, incidents_restored), place and closed month: incidents of the year so far.
with incidents as (
    select
        cast(d.school as bigint) as school,
        cast(d.school as bigint) // 10000000 as lea,
        c.year,
        d.incident,
        min(c.month) as month,
        max(case when d.result <> 'none' then 1 else 0 end) as answered,
        max(case when d.result = 'restorative' then 1 else 0 end) as restored
    from discipline as d
    join closed_months as c on d.day >= c.first_day and d.day <= c.last_day
    group by cast(d.school as bigint), cast(d.school as bigint) // 10000000, c.year, d.incident
),
by_month as (
    select
        case when grouping(school) = 1 then 'district' else 'school' end as level,
        coalesce(school, lea * 10000000) as entity,
        year,
        month,
        count(*) as incidents,
        sum(answered) as answered,
        sum(restored) as restored
    from incidents
    group by grouping sets ((lea, school, year, month), (lea, year, month))
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
