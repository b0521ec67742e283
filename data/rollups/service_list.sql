-- One row per service that the cube knows: all, the four pillars, the categories.
select 'all' as service
union all
select distinct pillar as service from service_categories
union all
select category as service from service_categories
