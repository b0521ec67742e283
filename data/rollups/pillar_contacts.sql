-- One row per school or LEA, student who counts, school year and pillar: services from July to the end of each month.
select
    level,
    entity,
    year,
    pillar,
    months,
    july,
    july + august as august,
    july + august + september as september,
    july + august + september + october as october,
    july + august + september + october + november as november,
    july + august + september + october + november + december as december,
    july + august + september + october + november + december + january as january,
    july + august + september + october + november + december + january + february as february,
    july + august + september + october + november + december + january + february + march as march,
    july + august + september + october + november + december + january + february + march + april as april,
    july + august + september + october + november + december + january + february + march + april + may as may,
    july + august + september + october + november + december + january + february + march + april + may + june as june
from (
    select
        s.level,
        s.entity,
        s.year,
        s.pillar,
        c.months,
        s.july, s.august, s.september, s.october, s.november, s.december,
        s.january, s.february, s.march, s.april, s.may, s.june
    from (
        select
            case when grouping(school) = 1 then 'district' else 'school' end as level,
            coalesce(school, lea * 10000000) as entity,
            student,
            year,
            pillar,
            cast(sum(july) as bigint) as july,
            cast(sum(august) as bigint) as august,
            cast(sum(september) as bigint) as september,
            cast(sum(october) as bigint) as october,
            cast(sum(november) as bigint) as november,
            cast(sum(december) as bigint) as december,
            cast(sum(january) as bigint) as january,
            cast(sum(february) as bigint) as february,
            cast(sum(march) as bigint) as march,
            cast(sum(april) as bigint) as april,
            cast(sum(may) as bigint) as may,
            cast(sum(june) as bigint) as june
        from (
            select school, school // 10000000 as lea, student, year, pillar, july, august, september, october, november, december,
                january, february, march, april, may, june
            from service_students
        ) as students
        group by grouping sets ((lea, school, student, year, pillar), (lea, student, year, pillar))
    ) as s
    join counted_months as c on c.level = s.level and c.entity = s.entity and c.student = s.student and c.year = s.year
) as counted
