-- One row per file: its places by scope, and its rows for all students.
select (select count(*) from (select distinct level, entity, charter, dass from named)) as places,
    (select count(*) from typed where student_group = 'TA') as totals
