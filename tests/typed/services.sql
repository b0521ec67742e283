-- One row per service or referral: the typed services, with the student's key where there is one.
select n.key, s.headcount, s.school, s.day, s.pillar, s.category, s.delivered, s.quantity, s.unit, s.referred,
    s.closed, s.outcome
from services as s
left join (select student, min(key) as key from student_numbers group by student) as n using (student)
order by s.day, n.key
