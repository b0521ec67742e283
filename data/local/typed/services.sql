-- One row per student (or headcount) and service, or per referral that has had none. A headcount stands only without a student.
create table services as
with kinds as (
  select s.*, case when s.category like 'PIL%' then s.type else coalesce(s.category, s.type) end as kind,
    case when s.category like 'PIL%' then s.category end as named_pillar
  from clean_services as s where s.kept),
referrals as (
  select referral as key, dense_rank() over (order by sha256($salt || '|' || $lea || '|' || referral)) as referral
  from (select distinct referral from clean_services where referral is not null) as r)
select n.student, case when n.student is null then k.headcount end as headcount, k.school, k.date as day,
  coalesce(c.pillar, k.named_pillar) as pillar, c.category,
  k.date is not null and coalesce(k.delivered, case when k.delivered_text is null or trim(k.delivered_text) = '' then 'yes' else 'no' end) = 'yes' as delivered,
  k.quantity, k.unit, p.provider, r.referral, k.referred, k.closed, k.outcome
from kinds as k
  left join service_categories as c on c.category = k.kind
  left join student_numbers as n on n.key = k.student
  left join provider_numbers as p on p.key = k.provider
  left join referrals as r on r.key = k.referral
where coalesce(c.pillar, k.named_pillar) is not null and (n.student is not null or k.headcount >= 0)
  and coalesce(k.date, k.referred) <= $today
