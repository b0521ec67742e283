-- One row per provider's key or name: its number, in the order of salted hashes. An organization's id and its name are one.
create table provider_numbers as
with organizations as (
  select provider as key, coalesce(lower(name), provider) as one from clean_organization where kept and provider is not null
  union select provider, coalesce(lower(name), provider) from clean_partners where kept and provider is not null),
keys as (
  select key from organizations union select one from organizations
  union select provider from clean_services where kept and provider is not null
  union select provider from clean_offering where kept and provider is not null
  union select provider from clean_place where kept and provider is not null),
named as (select k.key, coalesce(min(o.one), k.key) as one from keys as k left join organizations as o on o.key = k.key group by k.key)
select key, dense_rank() over (order by sha256($salt || '|' || $lea || '|' || one)) as provider from named
