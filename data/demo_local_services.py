"""The invented service logs of the running year: who got what, where, when and from which partner.

Schools differ: some aim their supports at students who miss school, some do not; each lacks a partner in one pillar or another;
some answer referrals within days, some let them wait. It must not know layouts.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from data.demo_local_current import MONTHS, Running, school_days
from data.demo_local_places import District
from data.demo_local_students import Frame

OFFERED = {
    "attendance_support": (0.10, 2.2, True), "mental_health": (0.07, 3.5, True), "health": (0.16, 1.1, False),
    "basic_needs": (0.09, 1.6, False), "case_management": (0.05, 3.0, True), "academic_intervention": (0.10, 3.5, False),
    "home_visit": (0.06, 1.2, True), "family_conference": (0.20, 1.1, False), "family_workshop": (0.07, 1.3, False),
    "family_leadership": (0.012, 3.0, False), "shared_leadership": (0.03, 3.0, False), "enrichment": (0.12, 2.0, False),
    "tutoring": (0.05, 4.0, False), "mentoring": (0.03, 3.0, False),
}  # fmt: skip
"""Category -> share of a school's students, mean number of services of each, whether a school may aim it at need."""
EXPANDED, EXPANDED_DAYS = 0.14, 0.8
"""Share of students in expanded learning, and of the month's school days that they come."""
PILLAR = {
    **dict.fromkeys(("attendance_support", "mental_health", "health", "basic_needs", "case_management", "academic_intervention"),
                    "PIL1"),
    **dict.fromkeys(("home_visit", "family_conference", "family_workshop", "family_leadership"), "PIL2"),
    **dict.fromkeys(("shared_leadership", "staff_learning"), "PIL3"),
    **dict.fromkeys(("expanded_learning", "enrichment", "tutoring", "mentoring"), "PIL4"),
}  # fmt: skip
REFERRED = ("attendance_support", "mental_health", "case_management")
PARTNERS = ("Demo Family Resource Center", "Demo Counseling Collaborative", "Demo Community Clinic", "Demo Food Bank",
            "Demo After School Alliance", "Demo Youth Mentors", "Demo Arts Workshop", "Demo Parent Academy")  # fmt: skip
GIVES = {
    "attendance_support": 0, "mental_health": 1, "health": 2, "basic_needs": 3, "case_management": 0, "academic_intervention": 5,
    "home_visit": 0, "family_conference": 7, "family_workshop": 7, "family_leadership": 7, "shared_leadership": 7,
    "staff_learning": 1, "expanded_learning": 4, "enrichment": 6, "tutoring": 4, "mentoring": 5,
}  # fmt: skip
"""Category -> the partner that gives it where the school has one."""


@dataclass(frozen=True)
class Log:
    """`rows`: row (of the students; -1 for a headcount), headcount, place, day (NaT while a referral waits), category, delivered,
    quantity, unit, partner (number in PARTNERS, -1: the school's own staff), referral (-1: none), referred, closed, outcome."""

    rows: Frame


def log(districts: list[District], now: Running, seed: int) -> Log:
    """The services of the running year at the schools of the districts."""
    rng = default_rng([seed, 22])
    students = now.students
    need = (now.absent.sum(axis=1) * 10 >= now.expected.sum(axis=1)) & (now.expected.sum(axis=1) >= 20)
    place = students["place"].to_numpy()
    aimed = place % 3 != 1
    reach = np.exp(default_rng([seed, 23]).normal(0, 0.35, int(place.max()) + 1))[place]
    parts = [_given(c, place, need, aimed, reach, rng) for c in OFFERED]
    parts += [_expanded(place, reach, now, rng), _staff(districts, rng)]
    drawn = pd.concat(parts, ignore_index=True)
    rows: Frame = pd.concat([_refer(drawn, rng), _waiting(place, need, aimed, len(drawn), rng)], ignore_index=True)
    partner = rows["category"].map(GIVES).to_numpy()
    rows["partner"] = np.where(missing_pillar(rows["place"].to_numpy()) == rows["category"].map(PILLAR), -1, partner)
    rows.loc[rng.random(len(rows)) < 0.1, "partner"] = -1
    return Log(rows.sort_values(["place", "day", "row"], kind="stable", ignore_index=True))


def missing_pillar(place: NDArray[np.int64]) -> NDArray[np.str_]:
    """The pillar in which a school has no partner ("" where it has one in each)."""
    return np.array(["PIL3", "", "PIL2", "PIL4", "PIL3"])[place % 5]


def _all_days() -> NDArray[np.datetime64]:
    return np.concatenate(school_days())


def _given(category: str, place: NDArray, need: NDArray, aimed: NDArray, reach: NDArray, rng: Generator) -> Frame:
    share, times, may_aim = OFFERED[category]
    chance = share * reach
    if may_aim:
        chance = np.where(aimed, np.where(need, 4.2, 0.45) * chance, chance)
    got = np.flatnonzero(rng.random(len(place)) < np.clip(chance, 0, 0.92))
    many = rng.poisson(times - 1, len(got)) + 1
    rows = np.repeat(got, many)
    delivered = rng.random(len(rows)) > 0.05
    unit, quantity = ("minute", rng.choice([20, 30, 45, 60], len(rows))) if may_aim else ("session", np.ones(len(rows), int))
    return pd.DataFrame({"row": rows, "headcount": -1, "place": place[rows], "day": rng.choice(_all_days(), len(rows)),
                         "category": category, "delivered": delivered, "quantity": quantity, "unit": unit})


def _expanded(place: NDArray, reach: NDArray, now: Running, rng: Generator) -> Frame:
    """Expanded learning as its providers report it: one line a student and month, in days."""
    who = np.flatnonzero(rng.random(len(place)) < np.clip(EXPANDED * reach, 0, 0.6))
    often = rng.beta(4, 1.2, len(who)) * EXPANDED_DAYS
    days = rng.binomial(now.expected[who], often[:, None])
    row, month = np.nonzero(days)
    ends = np.array([d[-1] for d in school_days()])
    return pd.DataFrame({"row": who[row], "headcount": -1, "place": place[who[row]], "day": ends[month],
                         "category": "expanded_learning", "delivered": True, "quantity": days[row, month], "unit": "day"})


def _staff(districts: list[District], rng: Generator) -> Frame:
    """Staff learning: a headcount a month and school."""
    places = np.repeat([p for d in districts for p in d.places], len(MONTHS))
    ends = np.tile([d[len(d) // 2] for d in school_days()], len(places) // len(MONTHS))
    return pd.DataFrame({"row": -1, "headcount": rng.integers(8, 40, len(places)), "place": places, "day": ends,
                         "category": "staff_learning", "delivered": True, "quantity": 1, "unit": "session"})


def _refer(rows: Frame, rng: Generator) -> Frame:
    """Some first services came after a referral: how long it waited depends on the school."""
    rows = rows.sort_values("day", kind="stable", ignore_index=True)
    first = ~rows.duplicated(["row", "category"]) & rows["category"].isin(REFERRED) & rows["delivered"]
    chosen = np.flatnonzero(first & (rng.random(len(rows)) < 0.6))
    slow = rows["place"].to_numpy()[chosen] % 4 == 0
    days = _all_days()
    at = np.searchsorted(days, rows["day"].to_numpy()[chosen].astype("datetime64[D]"))
    wait = np.minimum(rng.poisson(np.where(slow, 13, 5)), at)
    referred = np.full(len(rows), np.datetime64("NaT"), dtype="datetime64[D]")
    referred[chosen] = days[at - wait]
    referral = np.full(len(rows), -1)
    referral[chosen] = np.arange(len(chosen))
    closed = np.full(len(rows), np.datetime64("NaT"), dtype="datetime64[D]")
    done = chosen[rng.random(len(chosen)) < 0.3]
    closed[done] = np.minimum(rows["day"].to_numpy()[done].astype("datetime64[D]") + 20, days[-1])
    return rows.assign(referral=referral, referred=referred, closed=closed, outcome=np.where(pd.isna(closed), "", "goal met"))


def _waiting(place: NDArray, need: NDArray, aimed: NDArray, start: int, rng: Generator) -> Frame:
    """Referrals without any service: most still open, a few closed because the family declined."""
    chance = np.where(need & aimed, 0.06, 0.008) * np.where(place % 4 == 0, 2, 1)
    who = np.flatnonzero(rng.random(len(place)) < chance)
    days = _all_days()
    at = rng.integers(0, len(days), len(who))
    declined = rng.random(len(who)) < 0.25
    closed = np.where(declined, days[np.minimum(at + 15, len(days) - 1)], np.datetime64("NaT"))
    return pd.DataFrame({"row": who, "headcount": -1, "place": place[who], "day": np.datetime64("NaT"),
                         "category": rng.choice(REFERRED, len(who)), "delivered": False, "quantity": 0, "unit": "session",
                         "referral": start + np.arange(len(who)), "referred": days[at], "closed": closed.astype("datetime64[D]"),
                         "outcome": np.where(declined, "family declined", "")})
