-- One row per fact, level, entity, month, span, service, student group and band: a whole number, before anything is hidden.
select
    fact,
    level,
    substring(cast(entity + 100000000000000 as varchar), 2, 14) as entity,
    cast(month as integer) as month,
    span,
    service,
    student_group,
    band,
    cast(value as bigint) as value
from (
    select fact, level, entity, month, span, service, student_group, band, value from fact_enrolled
    union all
    select fact, level, entity, month, span, service, student_group, band, value from fact_attendance
    union all
    select fact, level, entity, month, span, service, student_group, band, value from fact_recovered
    union all
    select fact, level, entity, month, span, service, student_group, band, value from fact_suspended
    union all
    select fact, level, entity, month, span, service, student_group, band, value from fact_incidents
    union all
    select fact, level, entity, month, span, service, student_group, band, value from fact_served
    union all
    select fact, level, entity, month, span, service, student_group, band, value from fact_dosage
    union all
    select fact, level, entity, month, span, service, student_group, band, value from fact_contacts
    union all
    select fact, level, entity, month, span, service, student_group, band, value from fact_supports
    union all
    select fact, level, entity, month, span, service, student_group, band, value from fact_referrals
    union all
    select fact, level, entity, month, span, service, student_group, band, value from fact_records
    union all
    select fact, level, entity, month, span, service, student_group, band, value from fact_partners
) as facts
