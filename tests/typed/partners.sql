-- One row per active partner, school and category.
select name, school, pillar, category from partners order by all
