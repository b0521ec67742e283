-- One row per fact (records, records_complete), place and feed, in the last closed month: records read.
select f.fact, c.level, c.entity, cast($through as integer) as month, 'ytd' as span, 'all' as service, 'TA' as student_group,
    c.feed as band, case when f.fact = 'records' then c.records else c.complete end as value
from (
    select
        l.level,
        cast(b.school as bigint) // l.size * l.size as entity,
        b.feed,
        cast(sum(b.records) as bigint) as records,
        cast(sum(b.complete) as bigint) as complete
    from feeds as b
    cross join levels as l
    where b.school is not null
    group by l.level, cast(b.school as bigint) // l.size * l.size, b.feed
) as c
cross join (values ('records'), ('records_complete')) as f(fact)
