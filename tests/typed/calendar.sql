-- One row per school and school day.
select day from calendar order by day
