"""Invented districts, student by student, counted into the fixed cube: what the tests of local privacy hide, round and attack.

Written apart from data/rollups: the attacker's tests must not lean on the counting that they judge.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.privacy.cube import families, pillars, table

MONTHS = (202508, 202509, 202510, 202511, 202512, 202601, 202602)
BANDS = ("under_5", "5_to_10", "10_to_20", "20_up")
REASONS = ("excused", "unexcused", "suspended", "incomplete")
CONTACTS = ((1, 1, "1"), (2, 4, "2_4"), (5, 9, "5_9"), (10, 19, "10_19"), (20, 10**6, "20_up"))
WAITS = ("0_5", "6_10", "11_20", "21_up", "open")
LEVELS = {level: [r["student_group"] for r in table("groups") if r["level"] == level] for level in ("school", "district")}
SUPPORT = [r["category"] for r in table("service_categories") if r["support"] == "yes"]


@dataclass
class Pupils:
    """Students of one district. Arrays by student, and by student, month and category or reason where they have more axes."""

    school: np.ndarray
    groups: dict[str, np.ndarray]
    absent: np.ndarray
    contacts: np.ndarray
    suspensions: np.ndarray
    referrals: np.ndarray
    chronic_before: np.ndarray


def pupils(seed: int, sizes: list[int], months: int = 7) -> Pupils:
    """Students of schools with these sizes. Everything is drawn, skewed as schools are: rare groups, rare services."""
    rng = np.random.default_rng(seed)
    school = np.repeat(np.arange(len(sizes)), sizes)
    n = len(school)
    groups = {}
    for family in ("gender", "race", "grade"):
        names = sorted(families()[family])
        share = {"GX": 0.01, "GZ": 0.005}
        odds = np.array(
            [[share.get(g, w) for g, w in zip(names, rng.dirichlet(np.full(len(names), 0.6)), strict=True)] for _ in sizes]
        )
        odds /= odds.sum(axis=1, keepdims=True)
        drawn = (rng.random((n, 1)) > odds.cumsum(axis=1)[school]).sum(axis=1).clip(0, len(names) - 1)
        groups |= {g: drawn == i for i, g in enumerate(names)}
    for group in sorted(families()["program"]):
        groups[group] = rng.random(n) < rng.choice([0.02, 0.12, 0.4, 0.7, 0.96], len(sizes))[school]
    leaning = rng.gamma(1.2, 1.0, n)
    rates = np.outer(leaning, [0.7, 0.5, 0.02, 0.05])
    absent = rng.poisson(rates[:, None, :], (n, months, 4)).clip(0, 5) * 10
    offered = rng.random((len(sizes), 16)) < 0.55
    reach = rng.choice([0.01, 0.03, 0.1, 0.3], (len(sizes), 16)) * offered
    chosen = rng.random((n, 16)) < reach[school] * (0.5 + 0.5 * leaning[:, None])
    contacts = rng.poisson(chosen[:, None, :] * rng.gamma(1.0, 2.0, (n, 1, 16)), (n, months, 16))
    suspensions = rng.random((n, months)) < 0.006 * leaning[:, None]
    absent[:, :, 2] = suspensions * rng.integers(5, 30, (n, months))
    referrals = np.where(rng.random((n, months)) < 0.02 * leaning[:, None], rng.integers(0, 5, (n, months)), -1)
    return Pupils(school, groups, absent, contacts, suspensions, referrals, rng.random(n) < 0.12 * leaning)


def counts(who: Pupils, lea: str = "1999999", aggregate: bool = False) -> pd.DataFrame:
    """The fixed cube of these students. `aggregate`: a log of headcounts only, where nobody is counted as served."""
    rows: list[tuple] = []
    for i in range(int(who.school.max()) + 1):
        _entity(rows, who, who.school == i, "school", f"{lea}{6000001 + i:07d}", aggregate)
    _entity(rows, who, np.ones(len(who.school), bool), "district", f"{lea}0000000", aggregate)
    columns = ["fact", "level", "entity", "month", "span", "service", "student_group", "band", "value"]
    return pd.DataFrame(rows, columns=columns).astype({"value": "Int64"})


def _entity(rows: list[tuple], who: Pupils, here: np.ndarray, level: str, entity: str, aggregate: bool) -> None:
    for m in range(who.absent.shape[1]):

        def add(fact, value, span="ytd", service="all", group="TA", band="all", month=MONTHS[m]):
            rows.append((fact, level, entity, month, span, service, group, band, int(value)))

        _attendance(add, who, here, m, level)
        if not aggregate:
            _services(add, who, here, m, level)
        _contacts(add, who, here, m)
        _referrals(add, who, here, m)


def _grouped(add, fact, who: Pupils, flags: np.ndarray, level: str, **key) -> None:
    add(fact, flags.sum(), **key)
    for group in LEVELS[level]:
        add(fact, (flags & who.groups[group]).sum(), group=group, **key)


def _share(who: Pupils, m: int) -> np.ndarray:
    return who.absent[:, : m + 1].sum(axis=(1, 2)) / (200 * (m + 1))


def _attendance(add, who: Pupils, here: np.ndarray, m: int, level: str) -> None:
    share = _share(who, m)
    chronic = here & (share >= 0.1)
    _grouped(add, "enrolled", who, here, level)
    _grouped(add, "chronic", who, chronic, level)
    edges = (0, 0.05, 0.1, 0.2, 9)
    for low, high, band in zip(edges, edges[1:], BANDS, strict=False):
        add("absence_band", (here & (share >= low) & (share < high)).sum(), band=band)
    add("chronic_before", (here & who.chronic_before).sum())
    add("recovered", (here & who.chronic_before & ~chronic).sum())
    days = 200 * here.sum()
    lost = who.absent[here].sum(axis=0)
    for span, first in (("ytd", 0), ("month", m)):
        add("days_expected", days * (m + 1 - first), span=span)
        add("days_attended", days * (m + 1 - first) - lost[first : m + 1].sum(), span=span)
    for i, reason in enumerate(REASONS):
        add("days_absent", lost[: m + 1, i].sum(), band=reason)
    times = who.suspensions[:, : m + 1].sum(axis=1)
    _grouped(add, "suspended", who, here & (times > 0), level)
    add("suspended_again", (here & (times > 1)).sum())
    incidents = times[here].sum()
    add("incidents", incidents)
    add("incidents_answered", incidents - incidents // 9)
    add("incidents_restored", incidents // 3)


def _slots() -> dict[str, list[int]]:
    names = list(pillars())
    slots = {"all": list(range(len(names)))}
    for i, name in enumerate(names):
        slots[name] = [i]
        slots.setdefault(pillars()[name], []).append(i)
    return slots


def _services(add, who: Pupils, here: np.ndarray, m: int, level: str) -> None:
    to_date = who.contacts[:, : m + 1].sum(axis=1)
    for service, slots in _slots().items():
        for span, log in (("ytd", to_date), ("month", who.contacts[:, m])):
            got = here & (log[:, slots].sum(axis=1) > 0)
            if service == "all":
                _grouped(add, "served", who, got, level, span=span)
            else:
                add("served", got.sum(), span=span, service=service)
        if service.startswith("PIL"):
            many = to_date[:, slots].sum(axis=1)
            for low, high, band in CONTACTS:
                add("dosage", (here & (many >= low) & (many <= high)).sum(), service=service, band=band)
    names = list(pillars())
    support = who.contacts[:, m, [names.index(c) for c in SUPPORT]].sum(axis=1) > 0
    add("chronic_supported", (here & (_share(who, m) >= 0.1) & support).sum())
    add("expanded_learning", (here & (to_date[:, names.index("expanded_learning")] >= 30)).sum())
    family = to_date[:, [names.index("home_visit"), names.index("family_conference")]].sum(axis=1)
    add("family_contacted", (here & (family > 0)).sum())


def _contacts(add, who: Pupils, here: np.ndarray, m: int) -> None:
    for service, slots in _slots().items():
        add("contacts", who.contacts[here, : m + 1][:, :, slots].sum(), service=service)
        add("contacts", who.contacts[here, m][:, slots].sum(), span="month", service=service)


def _referrals(add, who: Pupils, here: np.ndarray, m: int) -> None:
    waits = who.referrals[here, : m + 1]
    counted = [(waits == i).sum() for i in range(5)]
    add("referrals_due", sum(counted))
    add("referrals_met", counted[0] + counted[1])
    for wait, number in zip(WAITS, counted, strict=True):
        add("referral_wait", number, band=wait)
    old = who.referrals[here, :m]
    add("referrals_old", (old >= 0).sum())
    add("referrals_closed", (old >= 0).sum() - (old == 4).sum())
    add("records", 40 * here.sum(), band="services")
    add("records_complete", 40 * here.sum() - here.sum() // 7, band="services")


def document(travel: pd.DataFrame, lea: str = "1999999", demo: bool = True) -> dict:
    """A travel document around hidden cells."""
    cells = {c: travel[c].tolist() for c in travel.columns if c not in ("hidden", "value")}
    values: list[float] = travel["value"].astype("float64").tolist()
    cells["value"] = [None if math.isnan(v) else int(v) for v in values]
    return {
        "format": 1, "lea": lea, "year": 2026, "through": max(travel["month"].tolist()), "made": "2026-03-05", "demo": demo,
        "files": [{"sha256": "ab" * 32, "feed": "services", "layout": "service_log", "rows": 1200}],
        "checkup": [{"rule": "unknown_school", "count": 10}],
        "coverage": [{"feed": "services", "weeks": 24, "of": 26}],
        "partners": [{"name": "Valley Health", "school": f"{lea}6000001", "pillar": "PIL1"}],
        "cells": cells,
    }  # fmt: skip
