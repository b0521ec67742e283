-- One row per line of the directory: a school or district, typed.
create or replace temp table typed_rows as
with cleaned as (
    select row_number() over () + 1 as line, given(entity) as digits, lower(given(status)) as status,
        given(county_name) as county_name, given(district_name) as district_name, given(name) as school,
        replace(given(grades), '–', '-') as grades, school_level_of(given(school_level)) as school_level,
        scope_of(given(charter)) as charter, scope_of(given(dass)) as dass, given(opened) as opened_text,
        given(closed) as closed_text, whole(given(enrollment)) as enrollment_text, given(latitude) as latitude_text,
        given(longitude) as longitude_text, given(locale) as locale, whole(given(disadvantaged)) as disadvantaged_text,
        whole(given(english_learners)) as english_learners_text, whole(given(disabilities)) as disabilities_text,
        whole(given(homeless)) as homeless_text, whole(given(foster)) as foster_text
    from whole_rows
),
coded as (
    select *, if(regexp_full_match(digits, '[0-9]{13}'), '0' || digits, digits) as entity,
        try_cast(latitude_text as double) as lat, try_cast(longitude_text as double) as lon
    from cleaned
)
select * exclude (grades, lat, lon, school), substr(entity, 1, 2) as county, if(is_office(entity), 'district', 'school') as level,
    if(is_office(entity), district_name, school) as name, grade_of(split_part(grades, '-', 1)) as low_grade,
    grade_of(if(contains(grades, '-'), split_part(grades, '-', 2), grades)) as high_grade, day_of(opened_text) as opened,
    day_of(closed_text) as closed, try_cast(enrollment_text as bigint) as enrollment,
    try_cast(disadvantaged_text as bigint) as disadvantaged, try_cast(english_learners_text as bigint) as english_learners,
    try_cast(disabilities_text as bigint) as disabilities, try_cast(homeless_text as bigint) as homeless,
    try_cast(foster_text as bigint) as foster, if(on_the_map(lat, lon), lat, null) as latitude,
    if(on_the_map(lat, lon), lon, null) as longitude, coalesce(lat is not null and not on_the_map(lat, lon), false) as off_the_map
from coded
