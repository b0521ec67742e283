-- One row per question: how many places fit it.
select count(*) as rows
from places
where ($level is null or level = $level)
    and ($county is null or county = $county)
    and ($region is null or region = $region)
    and starts_with(entity, $digits)
    and list_bool_and(list_transform($words, lambda w: contains(search_name, w)))
