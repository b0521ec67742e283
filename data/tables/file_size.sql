-- One row per file: its rows that are used (repeats among them), and its counties that have schools.
select (select count(*) from typed where is_kept(level, charter, dass)) as used,
    (select count(distinct county) from named where level = 'school') as counties
