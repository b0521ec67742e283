-- One row per year of the file's rows, the most frequent first.
select year, count(*) as rows, min(line) as line
from typed
group by year
order by rows desc
