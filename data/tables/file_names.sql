-- One row per file: the sum of the hashes of its places as it names them, whatever their order.
select sum(md5_number_lower(
    concat_ws('|', county_name, district_name, school_name, entity, level::varchar, charter::varchar, dass::varchar))::hugeint) as hash
from named
