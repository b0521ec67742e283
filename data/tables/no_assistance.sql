-- One row per place, program and year with an assistance status: none, for a build without its workbooks.
select null::varchar as entity, null::varchar as level, null::varchar as program, null::smallint as year, null::varchar as status,
    null::varchar[] as groups, null::utinyint[][] as priorities
where false
