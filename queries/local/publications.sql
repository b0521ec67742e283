-- One row per LEA that has published: what is shown of it.
select lea, id, year, through, made, published, demo
from publications
order by lea
