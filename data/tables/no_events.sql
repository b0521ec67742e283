-- One row per event that a region or county lists: none, for a build without such a list.
select null::varchar as entity, null::varchar as level, null::date as starts, null::date as ends, null::varchar as title,
    null::varchar as kind, null::varchar as venue, null::varchar as audience, null::varchar as registration
where false
