-- One row per grant: none, for a build without a grantee list.
select null::varchar as entity, null::varchar as level, null::varchar as grant_type, null::smallint as cohort,
    null::smallint as starts, null::smallint as ends
where false
