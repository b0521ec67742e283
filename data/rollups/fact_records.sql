-- One row per fact (records, records_complete), place and feed, in the last closed month: records read.
select f.fact, c.level, c.entity, cast($through as integer) as month, 'ytd' as span, 'all' as service, 'TA' as student_group,
    c.feed as band, case when f.fact = 'records' then c.records else c.complete end as value
from (
    select
        case when grouping(school) = 1 then 'district' else 'school' end as level,
        coalesce(school, lea * 10000000) as entity,
        feed,
        cast(sum(records) as bigint) as records,
        cast(sum(complete) as bigint) as complete
    from (
        select cast(school as bigint) as school, cast(school as bigint) // 10000000 as lea, feed, records, complete
        from feeds
        where school is not null
    ) as brought
    group by grouping sets ((lea, school, feed), (lea, feed))
) as c
cross join (values ('records'), ('records_complete')) as f(fact)
