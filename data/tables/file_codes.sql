-- One row per file: whether every code is digits (or digits a spreadsheet printed as 10322.0) and none is too long.
select bool_and(regexp_full_match(clean(county_code), '([0-9]{1,2}(\.0)?)?'))
    and bool_and(regexp_full_match(clean(district_code), '([0-9]{1,5}(\.0)?)?'))
    and bool_and(regexp_full_match(clean(school_code), '([0-9]{1,7}(\.0)?)?')) as repairable
from raw
