-- One row per kind of grant (type, cohort, years) and holder: the place itself, its district, or how many of its schools.
with asked as (
    select entity, level, county, district, region
    from places
    where entity = $place
),
held as (
    select 'own' as holder, g.*
    from grants g
    join asked a on g.entity = a.entity
    union all
    select 'district', g.*
    from grants g
    join asked a on g.entity = a.district
    union all
    select 'schools', g.*
    from asked a
    join places p on p.level = 'school' and case a.level when 'district' then p.district = a.entity
        when 'county' then p.county = a.county when 'region' then p.region = a.region else a.level = 'state' end
    join grants g on g.entity = p.entity
)
select holder, grant_type, cohort, starts, ends, count(distinct entity) as places
from held
group by holder, grant_type, cohort, starts, ends
order by list_position(['own', 'district', 'schools'], holder), starts, grant_type, cohort, ends
