-- One row per place, closed month, pillar and band: students by the number of services of the pillar that they have had so far.
select 'dosage' as fact, p.level, p.entity, p.month, 'ytd' as span, p.service, 'TA' as student_group, p.band,
    coalesce(c.value, 0) as value
from (
    select s.level, s.entity, s.month, l.service, b.band
    from served_places as s
    cross join service_list as l
    cross join bands as b
    where l.service like 'PIL%' and b.bands = 'contacts'
) as p
left join (
    select
        level,
        entity,
        month,
        pillar,
        case
            when contacts = 1 then '1'
            when contacts < 5 then '2_4'
            when contacts < 10 then '5_9'
            when contacts < 20 then '10_19'
            else '20_up'
        end as band,
        count(*) as value
    from (
        select
            c.level,
            c.entity,
            m.month,
            c.pillar,
            case m.bit
                when 1 then c.july
                when 2 then c.august
                when 4 then c.september
                when 8 then c.october
                when 16 then c.november
                when 32 then c.december
                when 64 then c.january
                when 128 then c.february
                when 256 then c.march
                when 512 then c.april
                when 1024 then c.may
                else c.june
            end as contacts
        from pillar_contacts as c
        join closed_months as m on m.year = c.year and c.months & m.bit <> 0
    ) as so_far
    where contacts > 0
    group by
        level,
        entity,
        month,
        pillar,
        case
            when contacts = 1 then '1'
            when contacts < 5 then '2_4'
            when contacts < 10 then '5_9'
            when contacts < 20 then '10_19'
            else '20_up'
        end
) as c on c.level = p.level and c.entity = p.entity and c.month = p.month and c.pillar = p.service and c.band = p.band
