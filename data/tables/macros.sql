-- One value per cell: what the text of a cell in CDE's counts files means.
create or replace macro tidy(v) as if(starts_with(v, ' ') or ends_with(v, ' '), trim(v, ' '), v);
create or replace macro is_number(v) as regexp_full_match(v, '-?[0-9]+(\.[0-9]+)?');
create or replace macro shown(v) as v <> '' and v <> '*';
create or replace macro whole(v) as regexp_replace(v, '\.0$', '');
create or replace macro padded(v, width) as if(v = '', v, lpad(whole(v), greatest(width, length(whole(v)))::int, '0'));
create or replace macro level_of(v) as case v
    when 'S' then 'school' when 'D' then 'district' when 'C' then 'county' when 'O' then 'county' when 'T' then 'state' end;
create or replace macro is_kept(level, charter, dass) as level = 'school' or (charter in ('all', '') and dass in ('all', ''));
create or replace macro scope_of(v) as case v when 'No' then 'no' when 'Yes' then 'yes' when 'All' then 'all'
    else case lower(trim(v)) when 'all' then 'all' when 'yes' then 'yes' when 'y' then 'yes' when 'no' then 'no'
    when 'n' then 'no' when 'true' then 'yes' when 'false' then 'no' when '' then '' end end;
