-- One table for each kind of question: facts of one place (sorted by place), facts of one group (sorted by indicator, group, year).
create type status_code as enum ('published', 'zero', 'withheld', 'counts_withheld', 'not_published', 'derived');
create type level_code as enum ('state', 'region', 'county', 'district', 'school');
create type indicator_code as enum (select distinct indicator from all_facts order by 1);
create type group_code as enum (select distinct student_group from all_facts order by 1);
create table facts_by_group as
select indicator::indicator_code as indicator, student_group::group_code as student_group, year::smallint as year,
    level::level_code as level, entity, numerator, denominator, rounded_rate, status::status_code as status
from all_facts
order by indicator, student_group, year, level, entity;
create table facts_by_place as
select entity, indicator::indicator_code as indicator, student_group::group_code as student_group, year::smallint as year,
    level::level_code as level, numerator, denominator, rounded_rate, status::status_code as status
from all_facts
order by entity, indicator, student_group, year;
create table places as
select entity, level::level_code as level, * exclude (entity, level) from all_places order by entity;
create table coverage as
select indicator, year, level, status, count(*) as rows from facts_by_group group by all order by all;
create table official as
select entity, indicator::indicator_code as indicator, student_group::group_code as student_group, year::smallint as year,
    level::level_code as level, * exclude (entity, indicator, student_group, year, level)
from all_official
order by entity, indicator, student_group, year;
create table assistance as
select entity, level::level_code as level, program, year::smallint as year, status, groups, priorities
from all_assistance
order by entity, program, year;
create table contacts as
select entity, office, topic, email, phone, valid_from, valid_to, note from all_contacts order by all;
create table events as
select entity, starts, ends, title, kind, venue, audience, registration from all_events order by all;
create table grants as
select entity, level::level_code as level, grant_type, cohort, starts, ends
from all_grants
order by entity, starts, grant_type, cohort;
