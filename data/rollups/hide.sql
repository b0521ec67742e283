-- One row per cell of the fixed cube (fact, level, entity, month, span, service, student_group, band): what may leave. Value null: hidden.
-- One symbol for every reason. Where a fact was brought for a school year, all its services, groups and bands are here in every month
-- that the LEA brought: one that nobody logged is hidden like a small one, so that no cell is told by its absence.
with
fact as (
    select
        fact,
        kind,
        coalesce(of, '') as of,
        spans,
        services,
        coalesce(bands, '') as bands,
        coalesce(groups, '') as groups,
        case when kind = 'days' then 100 else 10 end as least  -- tenths of days: ten days
    from facts
),
service as (
    select 'all' as service, 'all' as service_kind
    union all
    select distinct pillar as service, 'pillars' as service_kind from service_categories
    union all
    select category as service, 'categories' as service_kind from service_categories
),
brought_by as (
    select distinct c.fact, substr(c.entity, 1, 7) as lea, c.span, case when c.month % 100 >= 7 then c.month - c.month % 100 + 100 else c.month - c.month % 100 end as year
    from counts as c
    join fact as f on f.fact = c.fact and f.kind not in ('records', 'partners')
),
places as (
    select distinct c.level, c.entity, case when c.month % 100 >= 7 then c.month - c.month % 100 + 100 else c.month - c.month % 100 end as year
    from counts as c
    join fact as f on f.fact = c.fact and f.kind not in ('records', 'partners')
),
-- Every place of a year has every fact that its LEA brought: no referral at a school is hidden like few.
brought as (
    select b.fact, p.level, p.entity, b.span, b.year
    from brought_by as b
    join places as p on substr(p.entity, 1, 7) = b.lea and p.year = b.year
),
months as (
    select distinct
        fact,
        substr(entity, 1, 7) as lea,
        span,
        case when month % 100 >= 7 then month - month % 100 + 100 else month - month % 100 end as year,
        month
    from counts
),
asked as (
    select f.fact, s.service, 'TA' as student_group, coalesce(b.band, 'all') as band, cast(null as varchar) as level
    from fact as f
    join service as s on f.services = s.service_kind or f.services like s.service_kind || ' %'
        or f.services like '% ' || s.service_kind or f.services like '% ' || s.service_kind || ' %'
    left join bands as b on b.bands = f.bands
    where f.kind not in ('records', 'partners')
    union all
    select f.fact, 'all' as service, g.student_group, 'all' as band, g.level
    from fact as f
    cross join groups as g
    where f.groups = 'yes'
),
-- Groups are those of one school year: in a year without any of them nobody could be told by a missing one.
grouped as (
    select distinct
        fact,
        substr(entity, 1, 7) as lea,
        case when month % 100 >= 7 then month - month % 100 + 100 else month - month % 100 end as year
    from counts
    where student_group <> 'TA'
),
grid as (
    select b.fact, b.level, b.entity, m.month, b.span, a.service, a.student_group, a.band
    from brought as b
    join months as m on m.fact = b.fact and m.lea = substr(b.entity, 1, 7) and m.span = b.span and m.year = b.year
    join asked as a on a.fact = b.fact and (a.level is null or a.level = b.level)
    left join grouped as o on o.fact = b.fact and o.lea = substr(b.entity, 1, 7) and o.year = b.year
    where a.student_group = 'TA' or o.fact is not null
    union
    select fact, level, entity, month, span, service, student_group, band
    from counts
),
cell as (
    select
        g.fact,
        g.level,
        g.entity,
        g.month,
        g.span,
        g.service,
        g.student_group,
        g.band,
        f.kind,
        f.least,
        f.of,
        case when w.spans like '%' || g.span || '%' then g.span else 'ytd' end as of_span,
        case
            when g.service = 'all' or w.services like '%categories%' then g.service
            when g.service like 'PIL%' and w.services like '%pillars%' then g.service
            else 'all'
        end as of_service,
        case when f.bands <> '' and w.bands = f.bands then g.band else 'all' end as of_band,
        coalesce(p.family, '') = 'program' as program,
        -- A cell that nobody counted is nobody. A null that came in (a cube hidden before) stays hidden.
        case when c.fact is null then 0 else c.value end as value
    from grid as g
    join fact as f on f.fact = g.fact
    left join fact as w on w.fact = f.of
    left join (select distinct student_group, family from groups) as p on p.student_group = g.student_group
    left join counts as c
        on c.fact = g.fact and c.level = g.level and c.entity = g.entity and c.month = g.month and c.span = g.span
        and c.service = g.service and c.student_group = g.student_group and c.band = g.band
    where f.kind <> 'records' or (g.level = 'district' and g.band in ('attendance', 'services', 'students'))
),
-- L1, L2, L4: the cell itself, what is left of its whole, and what is left of all students beside a program group. A few incomplete
-- records tell of no student: what is left of them may be small.
judged as (
    select
        c.fact,
        c.level,
        c.entity,
        c.month,
        c.span,
        c.service,
        c.student_group,
        c.band,
        c.kind,
        c.least,
        c.of,
        c.of_span,
        c.of_service,
        c.of_band,
        c.program,
        -- How many records there are tells how many students: only their share travels, of a thousand.
        case
            when c.kind <> 'records' or c.value is null then c.value
            when c.fact = 'records' then 1000
            else (c.value * 100 // nullif(w.value, 0)) * 10
        end as value,
        w.fact is not null as has_whole,
        c.kind <> 'partners' and (
            c.value is null
            or c.value <= c.least
            or (c.kind <> 'records' and coalesce(w.value - c.value <= c.least, false))
            or (c.program and coalesce(t.value - c.value <= c.least, false))
        ) as bad
    from cell as c
    left join cell as w
        on w.fact = c.of and w.entity = c.entity and w.month = c.month and w.span = c.of_span
        and w.service = c.of_service and w.student_group = c.student_group and w.band = c.of_band
    left join cell as t
        on c.program and t.fact = c.fact and t.entity = c.entity and t.month = c.month and t.span = c.span
        and t.service = c.service and t.student_group = 'TA' and t.band = c.band
),
-- A part is hidden where its whole is, or its whole's whole.
parted as (
    select j.*, j.bad or coalesce(w.bad, false) or coalesce(v.bad, false) as dark
    from judged as j
    left join judged as w
        on w.fact = j.of and w.entity = j.entity and w.month = j.month and w.span = j.of_span
        and w.service = j.of_service and w.student_group = j.student_group and w.band = j.of_band
    left join judged as v
        on v.fact = w.of and v.entity = w.entity and v.month = w.month and v.span = w.of_span
        and v.service = w.of_service and v.student_group = w.student_group and v.band = w.of_band
),
-- The districts with a school whose students are hidden: its days would be the district's less the others', and a student has a
-- known number of them.
tiny as (
    select distinct substr(entity, 1, 7) || '0000000' as entity, month
    from parted
    where fact = 'enrolled' and level = 'school' and student_group = 'TA' and dark
),
-- Days and contacts are hidden where the students are who had them, and bands where the number is that they add to.
beside as (
    select
        p.*,
        p.dark
            or (p.kind = 'days' and (coalesce(e.dark, false) or (p.level = 'district' and t.entity is not null)))
            or (p.fact = 'days_absent' and p.band = 'suspended' and coalesce(s.dark, false))
            or (p.fact = 'contacts' and coalesce(v.dark, false))
            or coalesce(b.dark, false) as darker
    from parted as p
    left join parted as e
        on p.kind = 'days' and e.fact = 'enrolled' and e.entity = p.entity and e.month = p.month and e.student_group = 'TA'
    left join tiny as t on t.entity = p.entity and t.month = p.month
    left join parted as s
        on p.fact = 'days_absent' and s.fact = 'suspended' and s.entity = p.entity and s.month = p.month and s.student_group = 'TA'
    left join parted as v
        on p.fact = 'contacts' and v.fact = 'served' and v.entity = p.entity and v.month = p.month and v.span = p.span
        and v.service = p.service and v.student_group = p.student_group
    left join parted as b
        on (
            (p.fact = 'absence_band' and p.band in ('10_to_20', '20_up') and b.fact = 'chronic')
            or (p.fact = 'referral_wait' and p.band in ('0_5', '6_10') and b.fact = 'referrals_met')
        )
        and b.entity = p.entity and b.month = p.month and b.span = p.span and b.student_group = p.student_group
),
-- Who knows one school knows what is left of the district: its number needs two shown schools behind it, or is that of its one
-- school. Of groups that no school shows, nothing is known of the schools: there a district of two schools shows none.
shown as (
    select
        substr(entity, 1, 7) as lea,
        fact,
        month,
        span,
        service,
        student_group,
        band,
        count(*) as schools,
        sum(case when darker then 0 else 1 end) as lit
    from beside
    where level = 'school'
    group by substr(entity, 1, 7), fact, month, span, service, student_group, band
),
sizes as (
    select substr(entity, 1, 7) as lea, fact, month, span, count(distinct entity) as schools
    from beside
    where level = 'school'
    group by substr(entity, 1, 7), fact, month, span
),
insiders as (
    select
        b.*,
        b.darker or (b.kind <> 'partners' and b.level = 'district' and (
            coalesce(s.schools > 1 and s.lit < 2, false) or (s.schools is null and coalesce(z.schools = 2, false))
        )) as darkest
    from beside as b
    left join shown as s
        on b.level = 'district' and s.lea = substr(b.entity, 1, 7) and s.fact = b.fact and s.month = b.month and s.span = b.span
        and s.service = b.service and s.student_group = b.student_group and s.band = b.band
    left join sizes as z
        on b.level = 'district' and z.lea = substr(b.entity, 1, 7) and z.fact = b.fact and z.month = b.month and z.span = b.span
)
-- A district's groups would tell of its hidden total.
select
    i.fact,
    i.level,
    i.entity,
    i.month,
    i.span,
    i.service,
    i.student_group,
    i.band,
    case when i.darkest or coalesce(t.darkest, false) then null else i.value end as value,
    i.darkest or coalesce(t.darkest, false) as hidden
from insiders as i
left join insiders as t
    on i.level = 'district' and i.student_group <> 'TA' and t.student_group = 'TA' and t.fact = i.fact and t.entity = i.entity
    and t.month = i.month and t.span = i.span and t.service = i.service and t.band = i.band
