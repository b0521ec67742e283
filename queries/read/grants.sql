-- One row per grant of a place, and per kind, cohort and years of the grants of districts and schools inside it, counted.
select case when g.entity = $entity then 'own' else g.level::varchar end as whose, g.grant_type, g.cohort, g.starts, g.ends,
    count(distinct g.entity) as places
from grants g
join places p using (entity)
where $entity in (g.entity, p.district, p.county || '000000000000', p.region, '00000000000000')
group by all
order by whose, grant_type, cohort, starts, ends
