-- One row per county office of education of a county: its code is 10 and the county's own number.
select entity, name
from places
where level = 'district' and county = $county
    and substr(entity, 3, 4) = '10' || county
order by entity
