-- One row per place, year and student group: the mart with counts hidden where a smaller group needs it.
create or replace temp table protected as
select m.level, m.entity, m.year, m.student_group,
    case when m.status in ('published', 'zero') and c.entity is null then m.numerator end as numerator,
    case when m.status in ('published', 'zero') and c.entity is null then m.denominator end as denominator,
    case when $own then c.rounded_rate end as rounded_rate,
    case when c.entity is not null then 'counts_withheld' else m.status end as status
from mart m
left join closed c using (entity, year, student_group)
