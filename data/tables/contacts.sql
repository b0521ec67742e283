-- One row per line of the list of contacts: an office or team of a region or county, typed. Lines that begin with # are examples.
create or replace temp table listed as
select row_number() over () + 1 as line, starts_with(trim(region_or_county), '#') as example,
    place_of(region_or_county) as entity, if(starts_with(entity, 'R-'), 'region', 'county') as level,
    regexp_full_match(trim(region_or_county), '[1-9]|[0-9]{13}') as padded, line_of(office) as office, line_of(topic) as topic,
    line_of(email) as email, line_of(phone) as phone, line_of(note) as note, given(valid_from) as from_text,
    given(valid_to) as to_text, day_of(from_text) as valid_from, day_of(to_text) as valid_to,
    is_broken(concat(region_or_county, office, topic, email, phone, note)) as broken
from whole_rows;
create or replace temp view typed_rows as select * from listed where not example
