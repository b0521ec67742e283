-- One value per cell: what the text of a cell in the directory and the grantee list means.
create or replace macro given(v) as case when lower(trim(v)) in ('no data', 'n/a') then '' else coalesce(trim(v), '') end;
create or replace macro day_of(v) as try_strptime(v, ['%Y-%m-%d', '%m/%d/%Y', '%Y-%m-%d %H:%M:%S'])::date;
create or replace macro is_school_year(v) as regexp_full_match(v, '20[0-9]{2}-[0-9]{2}');
create or replace macro is_degrees(v) as v = '' or regexp_full_match(v, '-?[0-9]+(\.[0-9]+)?');
create or replace macro is_office(v) as substr(v, 8) = '0000000';
create or replace macro grade_of(v) as case upper(v) when 'KG' then 'K' when 'KN' then 'K' when 'P' then 'PK' when 'PS' then 'PK'
    else case when regexp_full_match(v, '0[0-9]') then substr(v, 2) else upper(v) end end;
create or replace macro school_level_of(v) as case lower(v)
    when '' then '' when 'elementary' then 'elementary' when 'middle' then 'middle'
    when 'intermediate/middle/junior high' then 'middle' when 'high' then 'high' when 'high school' then 'high'
    when 'elem-high combo' then 'k12' when 'elementary-high combination' then 'k12' else 'other' end;
create or replace macro first_school_year(v) as case when is_school_year(v) then substr(v, 1, 4)::int + 1
    else year(day_of(v)) + (month(day_of(v)) >= 7)::int end;
create or replace macro last_school_year(v) as case when is_school_year(v) then substr(v, 1, 4)::int + 1
    else year(day_of(v)) + (month(day_of(v)) > 7 or (month(day_of(v)) = 7 and day(day_of(v)) > 1))::int end;
create or replace macro on_the_map(lat, lon) as lat between 32.0 and 42.5 and lon between -125.0 and -114.0;
create or replace macro accepts(v) as v in ('yes', 'y', 'x', 'true', '1');
create or replace macro refuses(v) as v in ('', 'no', 'n', 'false', '0');
create or replace macro line_of(v) as trim(regexp_replace(given(v), '[\s\p{Zs}]+', ' ', 'g'));
create or replace macro is_broken(v) as regexp_matches(v, '[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\x{fffd}\x{3164}\x{115f}\x{1160}\x{2800}\x{034f}]');
create or replace macro place_of(v) as case when regexp_full_match(upper(trim(v)), '[A-Z]{3}') then 'R-' || upper(trim(v))
    when regexp_full_match(trim(v), '[0-9]{1,2}') then lpad(trim(v), 2, '0') || '000000000000'
    when regexp_full_match(trim(v), '[0-9]{13}') then '0' || trim(v) else upper(trim(v)) end;
