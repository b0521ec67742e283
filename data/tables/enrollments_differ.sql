-- One row per pair of families: rows that both count, those of them with another enrollment, and the first such row.
select count(*) as rows, count(*) filter (differs) as differ, arg_min(place, key) filter (differs) as place,
    arg_min(student_group, key) filter (differs) as student_group, arg_min(year, key) filter (differs) as year
from (
    select mine.cumulative_enrollment <> theirs.cumulative_enrollment as differs, mine.year, mine.student_group,
        coalesce(nullif(mine.school_name, ''), nullif(mine.district_name, ''), nullif(mine.county_name, ''), 'California') as place,
        (mine.year, mine.entity, mine.student_group) as key
    from read_parquet($mine, union_by_name = true) mine
    join read_parquet($others, union_by_name = true) theirs using (year, level, entity, student_group)
    where mine.cumulative_enrollment is not null and theirs.cumulative_enrollment is not null
)
