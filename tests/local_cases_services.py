"""As tests/local_cases.py: what is counted of service logs, referrals, partners and records."""

from tests.local_cases import ATTENDANCE, DISCIPLINE, SERVICES

CASES = {
    "Served: distinct students among the enrolled, by pillar and category, what was delivered only": (
        f"""{ATTENDANCE}
        1 A 202509 to_date 200 200 0 0 0 0 -
        2 A 202509 to_date 200 200 0 0 0 0 -
        3 A 202509 to_date 100 100 0 0 0 0 -
        1 A 202510 to_date 400 400 0 0 0 0 -
        2 A 202510 to_date 400 400 0 0 0 0 -
        3 A 202510 to_date 300 300 0 0 0 0 -
        4 B 202510 to_date 300 300 0 0 0 0 -
        members: student school student_group
        1 A GR13
        2 A GR13
        3 A GR46
        {SERVICES}
        1 - A 2025-09-10 health true 1 session - - - - -
        1 - A 2025-09-11 health true 1 session - - - - -
        1 - A 2025-10-11 mentoring true 1 session - - - - -
        2 - A 2025-10-11 health false 1 session - - - - -
        3 - A 2025-09-11 basic_needs true 1 session - - - - -
        9 - A 2025-09-11 basic_needs true 1 session - - - - -""",
        """served A 202509 = 1
        served A 202509 month = 1
        served A 202509 PIL1 = 1
        served A 202509 PIL4 = 0
        served A 202510 = 2
        served A 202510 month = 1
        served A 202510 month PIL1 = 0
        served A 202510 month PIL4 = 1
        served A 202510 PIL1 = 2
        served A 202510 health = 1
        served A 202510 basic_needs = 1
        served A 202510 tutoring = 0
        served A 202510 GR13 = 1
        served A 202510 GR46 = 1
        served A 202509 GR46 = none
        served B 202510 = 0
        served D 202510 = 2
        contacts A 202509 = 4
        contacts A 202509 month basic_needs = 2
        contacts A 202510 = 5
        contacts A 202510 month = 1
        contacts A 202510 PIL1 = 4
        contacts B 202510 = 0
        served A 202511 = none""",
    ),
    "Dosage: the contacts so far of a pillar, in bands": (
        f"""{ATTENDANCE}
        1 A 202510 to_date 400 400 0 0 0 0 -
        2 A 202510 to_date 400 400 0 0 0 0 -
        {SERVICES}
        1 - A 2025-09-10 health true 1 session - - - - -
        1 - A 2025-10-10 basic_needs true 1 session - - - - -
        2 - A 2025-10-01..2025-10-14 tutoring true 1 session - - - - -""",
        """dosage A 202510 PIL1 1 = 0
        dosage A 202510 PIL1 2_4 = 1
        dosage A 202510 PIL4 10_19 = 1
        dosage A 202510 PIL4 5_9 = 0
        dosage A 202510 PIL4 20_up = 0
        dosage A 202510 PIL2 1 = 0
        dosage A 202510 1 = none""",
    ),
    "A log of headcounts alone gives contacts and partners, and nothing about students": (
        f"""{ATTENDANCE}
        1 A 202510 to_date 400 400 0 0 0 0 -
        {SERVICES}
        - 30 A 2025-10-10 family_workshop true 1 session 7 - - - -
        - 12 A 2025-10-12 staff_learning true 1 session - - - - -""",
        """contacts A 202510 = 42
        contacts A 202510 PIL2 = 30
        contacts D 202510 month staff_learning = 12
        partners_active A 202510 = 1
        partners_active A 202510 PIL2 = 1
        partners_active A 202510 PIL3 = 0
        served A 202510 = none
        dosage A 202510 PIL2 1 = none
        family_contacted A 202510 = none
        chronic_supported A 202510 = none
        expanded_learning A 202510 = none
        enrolled A 202510 = 1""",
    ),
    "Without attendance everybody counts, and nobody is enrolled": (
        f"""members: student school student_group
        1 A SE
        {SERVICES}
        1 - A 2025-10-10 health true 1 session - - - - -
        2 - A 2025-11-10 home_visit true 1 session - - - - -
        2 - B 2025-11-10 family_conference true 1 session - - - - -""",
        """served A 202510 = 1
        served A 202511 = 2
        served A 202511 SE = 1
        served D 202511 = 2
        family_contacted A 202511 = 1
        family_contacted B 202511 = 1
        family_contacted D 202511 = 1
        family_contacted D 202510 = 0
        enrolled A 202511 = none""",
    ),
    "Referrals: due after 10 school days, met on the 10th, open ones stay among those due": (
        f"""{SERVICES}
        1 - A 2025-10-15 mental_health true 30 minute - 1 2025-10-01 - -
        1 - A 2025-10-20 mental_health true 30 minute - 1 2025-10-01 - -
        2 - A 2025-10-16 mental_health true 30 minute - 2 2025-10-01 - -
        3 - A - mental_health false - - - 3 2025-10-01 - -
        4 - A 2025-10-01 mental_health true 30 minute - 4 2025-10-01 - -
        5 - A 2025-10-21 mental_health false 30 minute - 5 2025-10-17 2025-11-03 moved
        6 - A - mental_health false - - - 6 2025-10-20 - -
        7 - A 2025-12-01 mental_health true 30 minute - 7 2025-09-30 - -""",
        """referrals_due A 202510 = 6
        referrals_met A 202510 = 2
        referral_wait A 202510 0_5 = 1
        referral_wait A 202510 6_10 = 1
        referral_wait A 202510 11_20 = 1
        referral_wait A 202510 21_up = 0
        referral_wait A 202510 open = 3
        referrals_old A 202510 = 5
        referrals_closed A 202510 = 3
        referrals_due A 202511 = 7
        referrals_old A 202511 = 7
        referrals_closed A 202511 = 4
        referral_wait A 202512 21_up = 1
        referral_wait A 202512 open = 3
        referrals_closed A 202512 = 5
        referrals_due A 202509 = 0""",
    ),
    "Expanded learning: 30 days, each counted once, entries in days as many as they say": (
        f"""{ATTENDANCE}
        1 A 202510 to_date 400 400 0 0 0 0 -
        2 A 202510 to_date 400 400 0 0 0 0 -
        3 A 202510 to_date 400 400 0 0 0 0 -
        4 A 202510 to_date 400 400 0 0 0 0 -
        {SERVICES}
        1 - A 2025-09-01..2025-10-10 expanded_learning true 180 minute - - - - -
        2 - A 2025-09-01..2025-10-09 expanded_learning true 180 minute - - - - -
        2 - A 2025-10-09 expanded_learning true 60 minute - - - - -
        3 - A 2025-09-30 expanded_learning true 18 day - - - - -
        3 - A 2025-10-31 expanded_learning true 12 day - - - - -
        4 - A 2025-09-01..2025-10-31 tutoring true 60 minute - - - - -""",
        "expanded_learning A 202510 = 2",
    ),
    "A support in the last 30 days of the month reaches a chronically absent student; the 31st or another service does not": (
        f"""{ATTENDANCE}
        1 A 202510 to_date 400 200 200 0 0 0 -
        2 A 202510 to_date 400 200 200 0 0 0 -
        3 A 202510 to_date 400 200 200 0 0 0 -
        4 A 202510 to_date 400 400 0 0 0 0 -
        5 A 202602 to_date 900 400 500 0 0 0 -
        {SERVICES}
        1 - A 2025-10-02 home_visit true 1 session - - - - -
        2 - A 2025-10-01 home_visit true 1 session - - - - -
        3 - A 2025-10-20 enrichment true 1 session - - - - -
        4 - A 2025-10-20 home_visit true 1 session - - - - -
        5 - A 2026-01-30 home_visit true 1 session - - - - -
        5 - A 2026-02-20 enrichment true 1 session - - - - -""",
        """chronic A 202510 = 3
        chronic_supported A 202510 = 1
        chronic_supported D 202510 = 1
        chronic_supported A 202602 = 1""",
    ),
    "Partners are active for 90 days after a delivered service, at the school, in the pillar": (
        f"""{SERVICES}
        1 - A 2025-10-03 health true 1 session 7 - - - -
        1 - A 2025-12-10 tutoring true 1 session 7 - - - -
        1 - A 2025-10-02 health true 1 session 8 - - - -
        1 - A 2025-12-10 health false 1 session 9 - - - -
        1 - B 2025-12-10 health true 1 session 7 - - - -""",
        """partners_active A 202510 = 2
        partners_active A 202512 = 1
        partners_active A 202512 PIL1 = 1
        partners_active A 202512 PIL4 = 1
        partners_active A 202512 PIL2 = 0
        partners_active B 202512 PIL1 = 1
        partners_active D 202512 = 1""",
    ),
    "Records read and complete, by feed, in the last closed month": (
        """feeds: feed school records complete
        attendance A 100 98
        attendance B 50 50
        services A 10 9""",
        """records A 202602 attendance = 100
        records_complete A 202602 attendance = 98
        records D 202602 attendance = 150
        records_complete D 202602 services = 9
        records B 202602 services = none""",
    ),
    "Two LEAs stay apart": (
        f"""{ATTENDANCE}
        1 A 202510 to_date 400 200 200 0 0 0 -
        1 C 202510 to_date 400 400 0 0 0 0 -
        {DISCIPLINE}
        1 C i1 2025-09-01 out_of_school""",
        """enrolled D 202510 = 1
        chronic D 202510 = 1
        enrolled E 202510 = 1
        chronic E 202510 = 0
        suspended E 202510 = 1
        suspended D 202510 = none""",
    ),
}  # fmt: skip
