-- One whole percent per pair of counts of the school list: what may be kept of a group of a school. See components/recipe.py.
create or replace macro coarse_share(k, n) as case
    when k is null or n is null or n < 11 or k < 0 or k > n then null
    when n < 200 and (k < 11 or n - k < 11) then null
    when k < 11 then 0 when n - k < 11 then 100
    else floor((200 * k + n) / (2 * n))::utinyint end;
create or replace macro locale_of(v) as case
    when regexp_full_match(v, '1[123]') or lower(v) like 'city%' then 'city'
    when regexp_full_match(v, '2[123]') or lower(v) like 'suburb%' then 'suburb'
    when regexp_full_match(v, '3[123]') or lower(v) like 'town%' then 'town'
    when regexp_full_match(v, '4[123]') or lower(v) like 'rural%' then 'rural' end
