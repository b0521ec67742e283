-- One row per closed month of this school year and of the one before: its first and last day, the last day of the closed month
-- after it, and its bit: sets of months of one school year are numbers, July is 1, August 2, September 4.
select
    cast(calendar_year * 100 + number as integer) as month,
    cast(year as integer) as year,
    make_date(calendar_year, number, 1) as first_day,
    last_day(make_date(calendar_year, number, 1)) as last_day,
    last_day(make_date(lead(calendar_year) over in_order, lead(number) over in_order, 1)) as next_last_day,
    bit
from (
    select
        years.year,
        numbers.number,
        numbers.bit,
        case when numbers.number >= 7 then years.year - 1 else years.year end as calendar_year
    from (select $year as year union all select $year - 1 as year) as years
    cross join (
        values
            (7, 1), (8, 2), (9, 4), (10, 8), (11, 16), (12, 32),
            (1, 64), (2, 128), (3, 256), (4, 512), (5, 1024), (6, 2048)
    ) as numbers(number, bit)
) as months
where calendar_year * 100 + number <= $through
window in_order as (partition by year order by bit)
