-- One row: how many students stand in services and in attendance.
select count(distinct student) from services where student in (select student from attendance)
