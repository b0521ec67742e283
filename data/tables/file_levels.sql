-- One row per level that the file has places of.
select distinct level
from named
