-- One row per closed month of this school year and of the one before: its first and last day.
select
    cast(month as integer) as month,
    cast(year as integer) as year,
    make_date(month // 100, month % 100, 1) as first_day,
    last_day(make_date(month // 100, month % 100, 1)) as last_day
from (
    select years.year, numbers.number + 100 * case when numbers.number >= 7 then years.year - 1 else years.year end as month
    from (select $year as year union all select $year - 1 as year) as years
    cross join (values (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12)) as numbers(number)
) as months
where month <= $through
