-- One row per broken promise of a serving file: what must never be true of the facts.
select 'a withheld or missing cell holds a number' as promise, count(*) as broken
from facts_by_group
where status in ('withheld', 'not_published') and (numerator is not null or denominator is not null or rounded_rate is not null)
union all
select 'a cell with hidden counts holds its counts', count(*)
from facts_by_group
where status = 'counts_withheld' and (numerator is not null or denominator is not null)
union all
select 'a published cell lacks a number', count(*)
from facts_by_group
where status in ('published', 'zero', 'derived') and (numerator is null or denominator is null)
union all
select 'a numerator is larger than its denominator, or negative', count(*)
from facts_by_group
where (numerator > denominator and not list_contains($means, indicator::varchar)) or numerator < 0
union all
select 'zero is called published, or published zero', count(*)
from facts_by_group
where (status = 'zero') <> (numerator = 0) and status in ('zero', 'published')
union all
select 'a fact stands twice', count(*)
from (select 1 from facts_by_group group by indicator, student_group, year, entity having count(*) > 1)
union all
select 'a fact has no place', count(*)
from facts_by_group f
where not exists (select 1 from places p where p.entity = f.entity)
union all
select 'the two tables disagree', abs((select count(*) from facts_by_group) - (select count(*) from facts_by_place))
union all
select 'an official row stands where the fact is hidden', count(*)
from official o
left join facts_by_place f using (entity, indicator, student_group, year)
where f.status is null or f.status not in ('published', 'zero')
union all
select 'an official row stands twice', count(*)
from (select 1 from official group by indicator, student_group, year, entity having count(*) > 1)
union all
select 'an assistance status stands twice', count(*)
from (select 1 from assistance group by entity, program, year having count(*) > 1)
union all
select 'an assistance status has no place', count(*)
from assistance a
where not exists (select 1 from places p where p.entity = a.entity)
union all
select 'a grant has no place', count(*)
from grants g
where not exists (select 1 from places p where p.entity = g.entity)
