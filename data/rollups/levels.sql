-- One row per level at which students are counted: how many codes of schools a place of it takes together. School 19900110000001
-- divided by that number and multiplied again is the school itself, or its LEA 19900110000000.
select 'school' as level, 1 as size
union all
select 'district' as level, 10000000 as size
