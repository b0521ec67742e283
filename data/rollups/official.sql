-- One row per school and student group of a finished year: CDE's own rules for chronic absence (ATT01) and suspension (DIS01).
-- Not a step of the cube. ATT01: a student's records at a school are added; expected 31 days or more, attended one, not exempt;
-- absent is C+E+F+G. DIS01: distinct students suspended in or out of school, of everybody who was enrolled (cumulative).
with records as (
    select
        school,
        student,
        sum(expected) as expected,
        sum(attended) as attended,
        sum(excused + unexcused + suspended + incomplete) as absent,
        max(case when coalesce(exempt, false) then 1 else 0 end) as exempt
    from attendance
    where kind = 'to_date' and month > ($year - 1) * 100 + 6 and month <= $through
    group by school, student
),
students as (
    select
        r.school,
        r.student,
        case when r.expected >= 310 and r.attended > 0 and r.exempt = 0 then 1 else 0 end as eligible,
        case when r.expected >= 310 and r.attended > 0 and r.exempt = 0 and 100 * r.absent >= 10 * r.expected then 1 else 0 end
            as chronic,
        case when d.student is null then 0 else 1 end as suspended
    from records as r
    left join (
        select distinct school, student
        from discipline
        where
            result in ('out_of_school', 'in_school')
            and day >= make_date($year - 1, 7, 1)
            and day < make_date($year, 7, 1)
    ) as d on d.school = r.school and d.student = r.student
)
select
    s.school,
    g.student_group,
    cast(sum(s.eligible) as bigint) as eligible,
    cast(sum(s.chronic) as bigint) as chronic,
    count(*) as cumulative,
    cast(sum(s.suspended) as bigint) as suspended
from students as s
join (
    select school, student, student_group from members
    union all
    select school, student, 'TA' as student_group from records
) as g on g.school = s.school and g.student = s.student
group by s.school, g.student_group
