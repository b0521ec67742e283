-- One row per place that a reader may mean: by the start of its CDS code or by words of its name, larger kinds of place first.
select entity, level, name, county_name, district_name
from places
where ($digits <> '' and starts_with(entity, $digits))
    or ($digits = '' and list_bool_and(list_transform($words, lambda w: contains(search_name, w))))
order by starts_with(search_name, $words[1]) desc, level, directory_status = 'closed', length(name), entity
limit $limit
