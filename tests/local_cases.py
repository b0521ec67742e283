"""Hand-made student rows and the counts they must give: one case a rule of the fixed cube, read as text.

Rows stand below `table: columns`; `-` is nothing, A and B are schools of one LEA (D), C is the only one of another (E). A cell is
`fact place month [span] [service] [group] [band] = value`, and `none` where there must be no cell. Unless a case says otherwise
every weekday is a school day, the school year is 2025-26 and February 2026 is the last closed month. Days are in tenths.
"""

ATTENDANCE = "attendance: student school month kind expected attended excused unexcused suspended incomplete exempt"
SERVICES = "services: student headcount school day category delivered quantity unit provider referral referred closed outcome"
DISCIPLINE = "discipline: student school incident day result"

CASES = {
    "9.99 percent of the days is not chronic, 10 percent is; exempt records and fewer than 20 days do not count": (
        f"""{ATTENDANCE}
        1 A 202510 to_date 10000 9001 999 0 0 0 -
        2 A 202510 to_date 10000 9000 1000 0 0 0 -
        3 A 202510 to_date 200 180 5 5 5 5 false
        4 A 202510 to_date 199 0 199 0 0 0 -
        5 A 202510 to_date 500 0 500 0 0 0 true""",
        """enrolled A 202510 = 3
        chronic A 202510 = 2
        enrolled D 202510 = 3
        chronic D 202510 = 2""",
    ),
    "Bands of absence have their lower ends inside; reasons are days of enrolled students, rounded half up": (
        f"""{ATTENDANCE}
        1 A 202510 to_date 1000 951 49 0 0 0 -
        2 A 202510 to_date 1000 950 0 50 0 0 -
        3 A 202510 to_date 1000 900 0 0 100 0 -
        4 A 202510 to_date 1000 800 0 0 0 200 -
        5 A 202510 to_date 100 0 100 0 0 0 -""",
        """absence_band A 202510 under_5 = 1
        absence_band A 202510 5_to_10 = 1
        absence_band A 202510 10_to_20 = 1
        absence_band A 202510 20_up = 1
        days_absent A 202510 excused = 5
        days_absent A 202510 unexcused = 5
        days_absent A 202510 suspended = 10
        days_absent A 202510 incomplete = 20
        days_expected A 202510 = 400
        days_attended A 202510 = 360""",
    ),
    "A student with 15 days at each of two schools is enrolled in the LEA, at neither school": (
        f"""{ATTENDANCE}
        1 A 202510 to_date 150 150 0 0 0 0 -
        1 B 202510 to_date 150 110 40 0 0 0 -
        2 A 202510 to_date 300 300 0 0 0 0 -
        3 B 202510 to_date 300 300 0 0 0 0 -""",
        """enrolled A 202510 = 1
        enrolled B 202510 = 1
        enrolled D 202510 = 3
        chronic A 202510 = 0
        chronic B 202510 = 0
        chronic D 202510 = 1""",
    ),
    "A student of two schools counts at each, once in the LEA; one with two grade spans is in both, once in the total": (
        f"""{ATTENDANCE}
        1 A 202510 to_date 300 300 0 0 0 0 -
        1 B 202510 to_date 300 200 100 0 0 0 -
        members: student school student_group
        1 A GR46
        1 A RH
        1 A SE
        1 B GR78
        1 B RH""",
        """enrolled A 202510 GR46 = 1
        enrolled A 202510 SE = 1
        enrolled A 202510 RH = none
        enrolled B 202510 GR78 = 1
        enrolled B 202510 GR46 = none
        chronic A 202510 GR46 = 0
        chronic B 202510 GR78 = 1
        enrolled D 202510 = 1
        enrolled D 202510 GR46 = 1
        enrolled D 202510 GR78 = 1
        enrolled D 202510 RH = 1
        chronic D 202510 RH = 1""",
    ),
    "Months come from daily rows, add up to the year so far, and end with the last closed one": (
        """days: student school day code
        1 A 2025-09-01..2025-09-26 P
        1 A 2025-10-01..2025-10-02 E
        1 A 2025-10-03 U
        1 A 2025-10-06 S
        1 A 2025-10-07 N
        1 A 2025-10-08 I
        1 A 2025-12-01..2025-12-02 P
        1 A 2026-03-02..2026-03-06 U""",
        """enrolled A 202509 = 1
        enrolled A 202510 = 1
        days_expected A 202509 = 20
        days_expected A 202510 = 26
        days_attended A 202510 = 21
        days_expected A 202510 month = 6
        days_attended A 202510 month = 1
        days_expected A 202511 = 26
        days_expected A 202511 month = none
        days_expected A 202512 month = 2
        days_absent A 202512 excused = 2
        days_absent A 202512 unexcused = 1
        days_absent A 202512 suspended = 1
        days_absent A 202512 incomplete = 1
        chronic A 202509 = 0
        chronic A 202510 = 1
        days_expected A 202603 = none
        enrolled A 202601 = none""",
    ),
    "Monthly files add up; a month in which the school had none keeps what came before": (
        f"""{ATTENDANCE}
        1 A 202509 month 200 200 0 0 0 0 -
        1 A 202510 month 200 100 100 0 0 0 -
        2 A 202509 month 200 200 0 0 0 0 -
        2 A 202511 month 100 100 0 0 0 0 -
        3 A 202510 month 190 190 0 0 0 0 -""",
        """enrolled A 202509 = 2
        enrolled A 202510 = 2
        enrolled A 202511 = 2
        chronic A 202509 = 0
        chronic A 202511 = 1
        days_expected A 202510 = 60
        days_expected A 202510 month = 20
        days_expected A 202511 month = 10""",
    ),
    "Snapshots are taken as they are, the last one at or before each month; a month is the difference of two neighbors": (
        f"""{ATTENDANCE}
        1 A 202508 to_date 100 100 0 0 0 0 -
        1 A 202509 to_date 300 280 20 0 0 0 -
        2 A 202509 to_date 200 200 0 0 0 0 -
        1 A 202511 to_date 700 600 100 0 0 0 -
        1 A 202512 to_date 800 700 100 0 0 0 -""",
        """enrolled A 202508 = none
        enrolled A 202509 = 2
        days_expected A 202509 month = 40
        days_attended A 202509 month = 38
        enrolled A 202510 = 2
        days_expected A 202510 = 50
        days_expected A 202510 month = none
        enrolled A 202511 = 1
        days_expected A 202511 month = none
        chronic A 202511 = 1
        days_expected A 202512 month = 10
        days_attended A 202512 month = 10""",
    ),
    "A school that brings two kinds of records is counted by the one that reaches furthest": (
        f"""{ATTENDANCE}
        1 A 202509 to_date 300 0 300 0 0 0 -
        1 A 202509 month 200 200 0 0 0 0 -
        1 A 202510 month 200 200 0 0 0 0 -""",
        """days_expected A 202510 = 40
        chronic A 202509 = 0""",
    ),
    "Recovered: chronically absent in the LEA at the end of last year, enrolled now, not chronically absent so far": (
        f"""{ATTENDANCE}
        1 B 202503 to_date 1000 1000 0 0 0 0 -
        1 B 202506 to_date 1800 1600 200 0 0 0 -
        2 A 202506 to_date 1800 1600 200 0 0 0 -
        3 A 202506 to_date 1800 1700 100 0 0 0 -
        4 A 202506 to_date 1800 1000 800 0 0 0 -
        1 A 202510 to_date 300 300 0 0 0 0 -
        2 A 202510 to_date 300 200 100 0 0 0 -
        3 A 202510 to_date 300 200 100 0 0 0 -""",
        """chronic_before A 202510 = 2
        recovered A 202510 = 1
        chronic_before D 202510 = 2
        chronic_before A 202506 = none
        chronic A 202506 = 2
        chronic B 202506 = 1
        enrolled D 202506 = 4""",
    ),
    "Suspended again: exactly 60 school days later is again, 61 is not, nor are two on one day; open months count nowhere": (
        f"""{ATTENDANCE}
        1 A 202602 to_date 1000 1000 0 0 0 0 -
        2 A 202602 to_date 1000 1000 0 0 0 0 -
        3 A 202602 to_date 1000 1000 0 0 0 0 -
        4 A 202602 to_date 1000 1000 0 0 0 0 -
        5 A 202602 to_date 1000 1000 0 0 0 0 -
        1 A 202509 to_date 200 200 0 0 0 0 -
        members: student school student_group
        1 A GR78
        5 A GR78
        {DISCIPLINE}
        1 A i1 2025-09-01 out_of_school
        1 A i2 2025-11-24 in_school
        2 A i3 2025-09-01 out_of_school
        2 A i4 2025-11-25 out_of_school
        3 A i5 2025-10-01 in_school
        3 A i6 2025-10-01 in_school
        4 A i7 2026-03-02 out_of_school
        5 A i8 2025-10-01 restorative
        9 A i9 2025-09-02 out_of_school""",
        """suspended A 202509 = 1
        suspended A 202602 = 3
        suspended A 202602 GR78 = 1
        suspended_again A 202509 = 0
        suspended_again A 202602 = 1
        suspended_again A 202602 GR78 = none
        suspended D 202602 = 3
        suspended B 202602 = none""",
    ),
    "Suspended again counts the school days of the calendar, not of the week, and those of two schools in the LEA": (
        f"""{ATTENDANCE}
        1 A 202602 to_date 1000 1000 0 0 0 0 -
        1 B 202602 to_date 1000 1000 0 0 0 0 -
        calendar: school day
        A 2025-09-01..2025-09-05
        A 2026-02-02..2026-02-06
        B 2025-09-01..2025-09-05
        B 2026-02-02..2026-02-06
        {DISCIPLINE}
        1 A i1 2025-09-01 out_of_school
        1 B i2 2026-02-06 out_of_school""",
        """suspended_again A 202602 = 0
        suspended_again B 202602 = 0
        suspended_again D 202602 = 1""",
    ),
    "Incidents count once; a response is anything but none": (
        f"""{DISCIPLINE}
        1 A i1 2025-09-01 out_of_school
        2 A i1 2025-09-01 restorative
        1 A i2 2025-10-01 none
        3 A i3 2025-10-01 other
        3 A i4 2026-03-01 other
        3 B i1 2025-10-01 other""",
        """incidents A 202509 = 1
        incidents A 202510 = 3
        incidents A 202602 = 3
        incidents_answered A 202602 = 2
        incidents_restored A 202602 = 1
        incidents D 202602 = 4
        incidents B 202509 = 0
        suspended A 202602 = 1
        enrolled A 202602 = none""",
    ),
}  # fmt: skip
