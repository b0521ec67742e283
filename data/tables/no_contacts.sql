-- One row per contact that a region or county lists: none, for a build without such a list.
select null::varchar as entity, null::varchar as level, null::varchar as office, null::varchar as topic,
    null::varchar as email, null::varchar as phone, null::date as valid_from, null::date as valid_to, null::varchar as note
where false
