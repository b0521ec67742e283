-- One row per record of a referral that stands with another student in an earlier record.
select s.file, s.record, s.referral_text as value from clean_services as s join (
  select referral, min(record) as first_record from clean_services where kept and referral is not null and student is not null
  group by referral having count(distinct student) > 1) as t on t.referral = s.referral
where s.kept and s.record > t.first_record order by s.file, s.record
