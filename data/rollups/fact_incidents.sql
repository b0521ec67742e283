-- One row per fact (incidents, incidents_answered, incidents_restored), place and closed month: incidents of the year so far.
select f.fact, c.level, c.entity, c.month, 'ytd' as span, 'all' as service, 'TA' as student_group, 'all' as band,
    case f.fact
        when 'incidents' then c.incidents
        when 'incidents_answered' then c.answered
        else c.restored
    end as value
from (
    select
        case when grouping(k.school) = 1 then 'district' else 'school' end as level,
        coalesce(k.school, k.lea * 10000000) as entity,
        k.month,
        count(i.incident) as incidents,
        count(*) filter (where i.answered) as answered,
        count(*) filter (where i.restored) as restored
    from (
        select s.school, c.lea, c.year, c.month
        from (select distinct cast(school as bigint) as school from discipline) as s
        join covered as c on c.lea = s.school // 10000000 and c.feed = 'discipline'
    ) as k
    left join (
        select
            cast(d.school as bigint) as school,
            c.year,
            d.incident,
            min(c.month) as month,
            max(case when d.result <> 'none' then 1 else 0 end) = 1 as answered,
            max(case when d.result = 'restorative' then 1 else 0 end) = 1 as restored
        from discipline as d
        join closed_months as c on d.day >= c.first_day and d.day <= c.last_day
        group by cast(d.school as bigint), c.year, d.incident
    ) as i on i.school = k.school and i.year = k.year and i.month <= k.month
    group by grouping sets ((k.lea, k.school, k.month), (k.lea, k.month))
) as c
cross join (values ('incidents'), ('incidents_answered'), ('incidents_restored')) as f(fact)
