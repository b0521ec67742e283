-- One row per partner, school and category of a directory of organizations. Names of a service log never come here.
create table partners as
with offered as (
  select o.offering, o.provider, o.category from clean_offering as o where o.kept and coalesce(o.status, 'active') = 'active'),
placed as (
  select provider, school, category from clean_partners where kept and coalesce(status, 'active') = 'active'
  union select coalesce(o.provider, p.provider), p.school, o.category
  from clean_place as p left join offered as o on o.offering = p.offering or (p.offering is null and o.provider = p.provider)
  where p.kept and (p.offering is null or o.offering is not null)),
names as (
  select provider, min(name) as name from (
    select provider, name from clean_organization where kept union all select provider, name from clean_partners where kept) as a
  where name is not null group by provider)
select n.provider, min(a.name) as name, p.school,
  coalesce(c.pillar, case when p.category like 'PIL%' then p.category end) as pillar, c.category
from placed as p join names as a on a.provider = p.provider join provider_numbers as n on n.key = p.provider
  left join service_categories as c on c.category = p.category
group by n.provider, p.school, coalesce(c.pillar, case when p.category like 'PIL%' then p.category end), c.category
