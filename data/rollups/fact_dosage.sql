-- One row per place, closed month, pillar and band: students by the number of services of the pillar that they have had so far.
with so_far as (
    select
        c.level,
        c.entity,
        m.month,
        c.pillar,
        c.july
        + case when m.bit >= 2 then c.august else 0 end
        + case when m.bit >= 4 then c.september else 0 end
        + case when m.bit >= 8 then c.october else 0 end
        + case when m.bit >= 16 then c.november else 0 end
        + case when m.bit >= 32 then c.december else 0 end
        + case when m.bit >= 64 then c.january else 0 end
        + case when m.bit >= 128 then c.february else 0 end
        + case when m.bit >= 256 then c.march else 0 end
        + case when m.bit >= 512 then c.april else 0 end
        + case when m.bit >= 1024 then c.may else 0 end
        + case when m.bit >= 2048 then c.june else 0 end as contacts
    from pillar_contacts as c
    join closed_months as m on m.year = c.year and c.months & m.bit <> 0
),
banded as (
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
        end as band
    from so_far
    where contacts > 0
),
students as (
    select level, entity, month, pillar, band, count(*) as value
    from banded
    group by level, entity, month, pillar, band
)
select 'dosage' as fact, p.level, p.entity, p.month, 'ytd' as span, l.service, 'TA' as student_group, b.band,
    coalesce(s.value, 0) as value
from served_places as p
cross join service_list as l
join bands as b on b.bands = 'contacts'
left join students as s
    on s.level = p.level and s.entity = p.entity and s.month = p.month and s.pillar = l.service and s.band = b.band
where l.service like 'PIL%'
