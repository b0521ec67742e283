-- One table for each kind of thing on the shelf of local data, empty: protected cells, partners, publications (one row per LEA).
create table unsorted (
    fact varchar, level varchar, entity varchar, month integer, span varchar, service varchar, student_group varchar, band varchar,
    value bigint, status varchar, year integer, lea varchar
);
create table partners (name varchar, school varchar, pillar varchar, lea varchar);
create table publications as
select lea::varchar as lea, id::varchar as id, year::integer as year, through::integer as through, made::date as made,
    published::varchar as published, demo::boolean as demo
from listed
order by lea
