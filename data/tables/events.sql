-- One row per line of the list of events of a region or county, typed; without an end, one day. Lines with # are examples.
create or replace temp table listed as
select row_number() over () + 1 as line, starts_with(trim(region_or_county), '#') as example,
    place_of(region_or_county) as entity, if(starts_with(entity, 'R-'), 'region', 'county') as level,
    regexp_full_match(trim(region_or_county), '[1-9]|[0-9]{13}') as padded, given(starts_on) as start_text,
    given(ends_on) as end_text, day_of(start_text) as starts, if(end_text = '', starts, day_of(end_text)) as ends,
    line_of(title) as title, lower(line_of(kind)) as kind, line_of(venue) as venue, line_of(audience) as audience,
    line_of(registration) as registration,
    is_broken(concat(region_or_county, title, kind, venue, audience, registration)) as broken
from whole_rows;
create or replace temp view typed_rows as select * from listed where not example
