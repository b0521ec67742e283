-- One row per place: state, regions, counties, districts and schools, named by the directory or else by the newest file.
with newest as (
    select level, entity, arg_max(county_name, year) as county_name, arg_max(district_name, year) as district_name,
        arg_max(school_name, year) as school_name
    from named
    group by level, entity
),
listed as (
    select level, entity, any_value(name) as name, any_value(district_name) as district_name, any_value(low_grade) as low_grade,
        any_value(high_grade) as high_grade, any_value(school_level) as school_level, any_value(enrollment) as enrollment,
        any_value(charter) as charter, any_value(status) as directory_status, any_value(latitude) as latitude,
        any_value(longitude) as longitude, any_value(dass) as dass, locale_of(any_value(locale)) as locale,
        any_value(disadvantaged) as disadvantaged, any_value(english_learners) as english_learners,
        any_value(disabilities) as disabilities, any_value(homeless) as homeless, any_value(foster) as foster
    from directory
    group by level, entity
),
units as (
    select level, entity from newest where level in ('district', 'school')
    union
    select level, entity from listed
    union
    select 'district', substr(entity, 1, 7) || '0000000' from listed where level = 'school'
),
-- What is known of a place's students comes from one source: the directory, or else the newest census day.
students as (
    select u.level, u.entity, if(l.enrollment is null, c.census_year, null) as census_year,
        coalesce(l.enrollment, c.census_enrollment) as enrollment,
        if(l.enrollment is null, c.disadvantaged, l.disadvantaged) as disadvantaged,
        if(l.enrollment is null, c.english_learners, l.english_learners) as english_learners,
        if(l.enrollment is null, c.disabilities, l.disabilities) as disabilities,
        if(l.enrollment is null, c.homeless, l.homeless) as homeless, if(l.enrollment is null, c.foster, l.foster) as foster
    from units u
    left join listed l using (level, entity)
    left join census c on c.entity = u.entity and u.level = 'school'
),
district_names as (
    select u.entity, coalesce(l.name, n.district_name, any_value(s.district_name), u.entity) as name
    from units u
    left join listed l using (level, entity)
    left join newest n using (level, entity)
    left join listed s on s.level = 'school' and substr(s.entity, 1, 7) || '0000000' = u.entity
    where u.level = 'district'
    group by u.entity, l.name, n.district_name
),
grants as (
    select entity, level, list_sort(list(distinct cohort)) as cohorts
    from grantees
    where grant_type = 'implementation' and cohort is not null
    group by entity, level
),
cohorts as (
    select entity, cohorts from grants where level = 'school'
    union all
    select district, list_sort(list_distinct(flatten(list(cohorts))))
    from (
        select entity as district, cohorts from grants where level = 'district'
        union all
        select substr(entity, 1, 7) || '0000000', cohorts from grants where level = 'school'
    )
    group by district
),
base as (
    select u.level, u.entity, substr(u.entity, 1, 2) as county,
        case when u.level = 'school' then coalesce(l.name, n.school_name, u.entity) else d.name end as name,
        d.entity as district, d.name as district_name, l.low_grade, l.high_grade, l.school_level, s.enrollment, s.census_year, l.charter,
        coalesce(l.directory_status, '') as directory_status, l.latitude, l.longitude, c.cohorts, l.dass, l.locale,
        coarse_share(s.disadvantaged, s.enrollment) as disadvantaged_share,
        coarse_share(s.english_learners, s.enrollment) as english_learners_share,
        coarse_share(s.disabilities, s.enrollment) as disabilities_share,
        coarse_share(s.homeless, s.enrollment) as homeless_share, coarse_share(s.foster, s.enrollment) as foster_share
    from units u
    join students s using (level, entity)
    join district_names d on d.entity = substr(u.entity, 1, 7) || '0000000'
    left join listed l on l.level = u.level and l.entity = u.entity
    left join newest n on n.level = u.level and n.entity = u.entity
    left join cohorts c on c.entity = u.entity
),
above as (
    select 'state' as level, $state as entity, '' as county, 'California' as name, null as region
    union all
    select 'region', code, '', name || ' region', code from regions
    union all
    select 'county', code || '000000000000', code, name || ' County', region from counties
),
counted as (
    select place,
        count(*) filter (directory_status in ('active', 'pending') or not exists (from directory)) as schools,
        count(*) filter (cohorts is not null) as grantee_schools
    from (
        select unnest([$state, c.region, b.county || '000000000000', b.district]) as place, b.directory_status, b.cohorts
        from base b
        join counties c on c.code = b.county
        where b.level = 'school' and substr(b.entity, 8, 7) not in ('0000000', '0000001')
    )
    group by place
)
select b.entity, b.level, b.name, b.county, c.name || ' County' as county_name, c.region, r.name || ' region' as region_name,
    case when b.level = 'school' then b.district end as district, case when b.level = 'school' then b.district_name end as district_name,
    b.low_grade, b.high_grade, b.school_level, case when b.enrollment >= 11 then b.enrollment::bigint end as enrollment, b.charter,
    b.directory_status, b.latitude, b.longitude,
    b.cohorts, k.schools, k.grantee_schools, b.dass, b.locale, b.disadvantaged_share, b.english_learners_share, b.disabilities_share,
    b.homeless_share, b.foster_share, b.census_year,
    lower(strip_accents(b.name || ' ' || case when b.level = 'school' then b.district_name || ' ' else '' end || c.name)) as search_name
from base b
join counties c on c.code = b.county
join regions r on r.code = c.region
left join counted k on k.place = b.entity and b.level = 'district'
union all
select a.entity, a.level, a.name, a.county, case when a.level = 'county' then a.name end, a.region, r.name || ' region',
    null, null, null, null, null, null, null, '', null, null, null, k.schools, k.grantee_schools, null, null, null, null, null, null, null, null,
    lower(strip_accents(a.name))
from above a
left join regions r on r.code = a.region
left join counted k on k.place = a.entity
order by entity
