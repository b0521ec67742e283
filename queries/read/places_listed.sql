-- One row per place that fits, by the start of its CDS code or words of its name where given: a page of them, larger kinds first.
select entity, level, name, county, county_name, region, region_name, district, district_name, low_grade, high_grade, school_level,
    charter, directory_status, cohorts
from places
where ($level is null or level = $level)
    and ($county is null or county = $county)
    and ($region is null or region = $region)
    and starts_with(entity, $digits)
    and list_bool_and(list_transform($words, lambda w: contains(search_name, w)))
order by starts_with(search_name, $words[1]) desc, level, entity
limit $limit offset $offset
