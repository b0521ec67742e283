-- One row per open place of one level: what similar places are found by, from the school list and from the newest counts of a file.
with counted as (
    select entity, year, max(if(status = 'withheld', 0, denominator)) filter (student_group = 'SS') as disadvantaged,
        max(if(status = 'withheld', 0, denominator)) filter (student_group = 'SE') as english_learners,
        max(if(status = 'withheld', 0, denominator)) filter (student_group = 'SD') as disabilities,
        max(if(status = 'withheld', 0, denominator)) filter (student_group = 'SH') as homeless,
        max(if(status = 'withheld', 0, denominator)) filter (student_group = 'SF') as foster,
        max(if(status in ('withheld', 'not_published'), 0, denominator)) filter (student_group = 'GR912') as high_school,
        max(denominator) filter (student_group = 'TA') as students
    from facts_by_group
    where indicator = $indicator and level = $level and (status in ('published', 'zero', 'withheld') or student_group = 'GR912')
        and student_group in ('TA', 'SS', 'SE', 'SD', 'SH', 'SF', 'GR912')
    group by entity, year
    having students is not null
    qualify row_number() over (partition by entity order by year desc) = 1
)
select p.entity, p.school_level, p.dass, p.low_grade, p.high_grade, p.locale,
    if(p.enrollment < 11, null, p.enrollment) as enrollment, p.census_year, p.disadvantaged_share, p.english_learners_share,
    p.disabilities_share, p.homeless_share, p.foster_share, c.year, c.students, c.disadvantaged, c.english_learners,
    c.disabilities, c.homeless, c.foster, c.high_school
from places p
left join counted c using (entity)
where p.level = $level and p.directory_status in ('', 'active', 'pending')
order by p.entity
