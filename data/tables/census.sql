-- One row per school: its students on its newest census day, all and by the groups that similar places are found by.
-- Schools only: CDE counts everybody once on that day, so that a district's number would tell what is left out of a school's.
select entity, year as census_year, max(total_enrollment) filter (student_group = 'TA') as census_enrollment,
    max(total_enrollment) filter (student_group = 'SG_SD') as disadvantaged,
    max(total_enrollment) filter (student_group = 'SG_EL') as english_learners,
    max(total_enrollment) filter (student_group = 'SG_DS') as disabilities,
    max(total_enrollment) filter (student_group = 'SG_HM') as homeless,
    max(total_enrollment) filter (student_group = 'SG_FS') as foster
from census_day_enrollment
where level = 'school'
group by entity, year
having census_enrollment >= 11
qualify row_number() over (partition by entity order by year desc) = 1
