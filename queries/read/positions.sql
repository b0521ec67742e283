-- One row per place of a level with a position: its own in the directory, or of a district without one the middle of its open schools.
select p.entity, coalesce(p.latitude, s.latitude) as latitude, coalesce(p.longitude, s.longitude) as longitude,
    p.latitude is not null as own
from places p
left join (
    select district, median(latitude) as latitude, median(longitude) as longitude
    from places
    where level = 'school' and directory_status in ('', 'active', 'pending')
    group by district
) s on s.district = p.entity and p.level = 'district'
where p.level = $level and coalesce(p.latitude, s.latitude) is not null and coalesce(p.longitude, s.longitude) is not null
order by p.entity
