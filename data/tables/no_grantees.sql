-- One row per place, kind of grant, cohort and years: none, for a build without a list of grantees.
select null::varchar as entity, null::varchar as level, null::varchar as grant_type, null::smallint as cohort,
    null::smallint as starts, null::smallint as ends
where false
