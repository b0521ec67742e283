-- One row per place, closed month, pillar and band: students by the number of services of the pillar that they have had so far.
with so_far as (
    select
        level,
        entity,
        student,
        service,
        year,
        month,
        lead(month) over months as next_month,
        cast(sum(contacts) over months as bigint) as contacts
    from services_reached
    where service like 'PIL%'
    window months as (partition by level, entity, student, service, year order by month)
)
select 'dosage' as fact, p.level, p.entity, p.month, 'ytd' as span, p.service, 'TA' as student_group, p.band,
    coalesce(c.value, 0) as value
from (
    select c.level, c.entity, c.month, l.service, b.band
    from (select distinct level, entity, month from counted_students) as c
    join covered as k on k.feed = 'services' and k.keyed = 1 and k.lea = c.entity // 10000000 and k.month = c.month
    cross join service_list as l
    cross join bands as b
    where l.service like 'PIL%' and b.bands = 'contacts'
) as p
left join (
    select
        c.level,
        c.entity,
        c.month,
        s.service,
        case
            when s.contacts = 1 then '1'
            when s.contacts < 5 then '2_4'
            when s.contacts < 10 then '5_9'
            when s.contacts < 20 then '10_19'
            else '20_up'
        end as band,
        count(*) as value
    from counted_students as c
    join so_far as s
        on s.level = c.level
        and s.entity = c.entity
        and s.student = c.student
        and s.year = c.year
        and s.month <= c.month
        and (s.next_month is null or c.month < s.next_month)
    group by
        c.level,
        c.entity,
        c.month,
        s.service,
        case
            when s.contacts = 1 then '1'
            when s.contacts < 5 then '2_4'
            when s.contacts < 10 then '5_9'
            when s.contacts < 20 then '10_19'
            else '20_up'
        end
) as c on c.level = p.level and c.entity = p.entity and c.month = p.month and c.service = p.service and c.band = p.band
