-- One row: whether every number of the mart is the family's own (numerator, denominator), the pair that `closed` was worked out from.
select count(*) > 0 and bool_and(c.numerator is not distinct from m.numerator and c.denominator is not distinct from m.denominator)
from mart m
left join core c using (level, entity, year, student_group)
where m.status in ('published', 'zero')
