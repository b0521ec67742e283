-- One row per question: how many facts of one indicator fit it.
select count(*) as rows
from facts_by_group f
join places p using (entity)
where f.indicator = $indicator
    and ($student_group is null or f.student_group = $student_group)
    and ($year is null or f.year = $year)
    and ($level is null or f.level = $level)
    and ($entities is null or list_contains($entities, f.entity))
    and ($county is null or p.county = $county)
    and ($region is null or p.region = $region)
