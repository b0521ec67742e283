-- One row per fact of referrals, place, closed month and band: referrals of the school year that are old enough at its end. Open
-- ones stay among those due, so that a wait that has not ended is not left out (censored, not forgotten).
with known as (
    select
        r.level,
        r.entity,
        c.month,
        n.number - a.number >= 10 as due,
        case when r.served <= c.last_day then b.number - a.number end as wait,
        r.referred <= c.last_day - 30 as old,
        coalesce(r.served <= c.last_day, false) or coalesce(r.closed <= c.last_day, false) as ended
    from referrals as r
    join closed_months as y on r.referred >= y.first_day and r.referred <= y.last_day
    join closed_months as c on c.year = y.year and c.month >= y.month
    join covered as k on k.feed = 'services' and k.lea = r.entity // 10000000 and k.month = c.month
    join school_days as a on a.level = r.level and a.entity = r.entity and a.day = r.referred
    join school_days as n on n.level = r.level and n.entity = r.entity and n.day = c.last_day
    left join school_days as b on b.level = r.level and b.entity = r.entity and b.day = r.served
)
select f.fact, c.level, c.entity, c.month, 'ytd' as span, 'all' as service, 'TA' as student_group, f.band,
    case f.fact
        when 'referrals_due' then c.due
        when 'referrals_met' then c.within_5 + c.within_10
        when 'referrals_old' then c.old
        when 'referrals_closed' then c.closed
        else case f.band
            when '0_5' then c.within_5
            when '6_10' then c.within_10
            when '11_20' then c.within_20
            when '21_up' then c.later
            else c.due - c.within_5 - c.within_10 - c.within_20 - c.later
        end
    end as value
from (
    select
        level,
        entity,
        month,
        count(*) filter (where due) as due,
        count(*) filter (where due and wait <= 5) as within_5,
        count(*) filter (where due and wait between 6 and 10) as within_10,
        count(*) filter (where due and wait between 11 and 20) as within_20,
        count(*) filter (where due and wait > 20) as later,
        count(*) filter (where old) as old,
        count(*) filter (where old and ended) as closed
    from known
    group by level, entity, month
) as c
cross join (
    values
        ('referrals_due', 'all'), ('referrals_met', 'all'), ('referrals_old', 'all'), ('referrals_closed', 'all'),
        ('referral_wait', '0_5'), ('referral_wait', '6_10'), ('referral_wait', '11_20'), ('referral_wait', '21_up'),
        ('referral_wait', 'open')
) as f(fact, band)
