"""Hand-made facts and a fake `ask` for the exhibits. Invented places; hidden rows carry planted numbers on purpose."""

import pandas as pd

from data import registry

PLANTED = 987_654_321
"""A number that no exhibit may show: it stands where a status hides the counts."""
RANKING = (
    "entity",
    "name",
    "within",
    "level",
    "year",
    "student_group",
    "numerator",
    "denominator",
    "rounded_rate",
    "status",
    "prior_numerator",
    "prior_denominator",
    "prior_status",
)
DISTRICT, TOWN, SMALL, HIDDEN, COARSE, ABSENT = (f"13{n:05d}0000000" for n in range(90001, 90007))
SHARES = ("disadvantaged", "english_learners", "disabilities", "homeless", "foster")
HOSTILE = '=HYPERLINK("https://evil.example","<img src=x onerror=alert(1)>")'
COUNTY, REGION = "13000000000000", "R-SCO"
NAMES = {
    registry.STATE: "California",
    REGION: "Southern Coast region",
    COUNTY: "Imperial County",
    "30000000000000": "Orange County",
    "37000000000000": "San Diego County",
    DISTRICT: "Alder Valley Unified",
    TOWN: '<b>=Brisas & "Sons"</b>',
    SMALL: "Cedar Flats Elementary",
    HIDDEN: "Desert Willow Elementary",
    COARSE: "El Molino Unified",
    ABSENT: "Fairmont Hills Unified",
}
YEARS = (2017, 2018, 2019, 2022, 2023, 2024, 2025)


def level_of(entity: str) -> str:
    if entity.startswith("R-"):
        return "region"
    if entity == registry.STATE:
        return "state"
    return "county" if entity.endswith("000000000000") else "district" if entity.endswith("0000000") else "school"


def fact(entity: str, year: int, group: str = "TA") -> dict:
    """One row. Hidden statuses keep planted numbers, which the exhibits must drop."""
    status = {HIDDEN: "withheld", COARSE: "counts_withheld", ABSENT: "not_published", REGION: "derived"}.get(entity, "published")
    status = (
        {"RI": "withheld", "RA": "counts_withheld", "GX": "not_published"}.get(group, status) if entity == DISTRICT else status
    )
    n = {registry.STATE: 5_000_000, COUNTY: 36_000, SMALL: 20, REGION: 900_000}.get(entity, 4_800 if group == "TA" else 900)
    k = round(n * (0.30 - 0.02 * (year - 2022)) if year > 2021 else n * 0.14)
    if status not in ("published", "zero", "derived"):
        k, n = PLANTED, PLANTED
    return {
        "entity": entity,
        "name": NAMES.get(entity, entity),
        "level": level_of(entity),
        "year": year,
        "student_group": group,
        "numerator": k,
        "denominator": n,
        "rounded_rate": 230 if status == "counts_withheld" else pd.NA,
        "status": status,
    }


def frame(rows: list[dict], columns: tuple[str, ...] = ()) -> pd.DataFrame:
    out = pd.DataFrame(rows, columns=list(columns) or None)
    whole = ("numerator", "denominator", "rounded_rate", "prior_numerator", "prior_denominator")
    return out.astype(
        {c: "Int64" for c in whole if c in out}
        | {c: "category" for c in ("level", "status", "student_group", "prior_status") if c in out}
    )


def with_prior(row: dict) -> dict:
    before = fact(row["entity"], row["year"] - 1, row["student_group"])
    return {**row, **{f"prior_{c}": before[c] for c in ("numerator", "denominator", "status")}}


def place(entity: str) -> dict:
    county = None if entity.startswith(("0", "R")) else entity[:2]
    region = entity if entity == REGION else REGION if county else None
    return {
        "entity": entity,
        "level": level_of(entity),
        "name": NAMES.get(entity, entity),
        "county": county,
        "county_name": f"{registry.county_by_code[county].name} County" if county else None,
        "region": region,
        "region_name": NAMES[REGION] if region else None,
        "district": None,
        "district_name": None,
        "low_grade": None,
        "high_grade": None,
        "school_level": None,
        "enrollment": pd.NA,
        "charter": None,
        "directory_status": "",
        "latitude": None,
        "longitude": None,
        "cohorts": [1] if entity == DISTRICT else None,
        "schools": 13,
        "grantee_schools": 6,
    }


def peers(level: str, count: int) -> list[str]:
    if level == "district":
        more = [f"13{n:05d}0000000" for n in range(80001, 80001 + count)]
        return [DISTRICT, TOWN, SMALL, HIDDEN, COARSE, ABSENT, *more]
    if level == "county":
        return [c.entity for c in registry.counties]
    return {"state": [registry.STATE], "region": [REGION]}.get(level, [])


class Fake:
    """Answers the queries of one invented build. `more`: how many further districts stand in the peer set.

    `closed`: place -> the last year that it has facts for. `prior`: place -> its counts of the year before.
    `far`: places that lie in another part of the state; `nowhere`: places without a position.
    """

    def __init__(
        self,
        more: int = 4,
        years: tuple[int, ...] = YEARS,
        closed: dict[str, int] | None = None,
        prior: dict[str, tuple[int, int]] | None = None,
        far: tuple[str, ...] = (),
        nowhere: tuple[str, ...] = (),
    ):
        self.more, self.years, self.closed, self.prior = more, years, closed or {}, prior or {}
        self.far, self.nowhere = far, nowhere

    def __call__(self, name: str, **p: object) -> pd.DataFrame:
        return getattr(self, f"ask_{name}")(**p)

    def ask_years(self) -> pd.DataFrame:
        return pd.DataFrame(
            [(i, y, level) for i in registry.indicators for y in self.years for level in registry.LEVELS],
            columns=["indicator", "year", "level"],
        )

    def ask_places(self, entities: list[str]) -> pd.DataFrame:
        return pd.DataFrame([{**place(e), **({"directory_status": "closed"} if e in self.closed else {})} for e in entities])

    def ask_ranking(self, indicator, student_group, year, level, region, county, cohort, entities) -> pd.DataFrame:
        found = [e for e in (peers(level, self.more) if entities is None else entities) if level_of(e) == level]
        found = [e for e in found if (county is None or e.startswith(county)) and (cohort is None or e == DISTRICT)]
        rows = [{**place(e), "within": None, **with_prior(fact(e, year, student_group))} for e in sorted(found)]
        for row in rows:
            if row["entity"] in self.prior:
                row["prior_numerator"], row["prior_denominator"] = self.prior[row["entity"]]
        return frame([{c: r[c] for c in RANKING} for r in rows], RANKING)

    def ask_positions(self, level) -> pd.DataFrame:
        """Positions in Imperial County; TOWN stands at the middle of its schools."""
        rows = []
        for i, entity in enumerate(sorted(peers(level, self.more))):
            if entity not in self.nowhere:
                far = entity in self.far
                rows.append((entity, 40.0 if far else 32.8 + 0.004 * (i % 90), -122.0 if far else -115.6, entity != TOWN))
        return pd.DataFrame(rows, columns=["entity", "latitude", "longitude", "own"])

    def ask_characteristics(self, level, indicator) -> pd.DataFrame:
        """Places that differ in size and in two shares; counts of small groups as CDE prints them in no place."""
        rows = []
        for i, entity in enumerate(sorted(e for e in peers(level, self.more) if e not in self.closed)):
            students = 400 + 150 * i
            rows.append(
                {
                    "entity": entity,
                    "school_level": None,
                    "dass": None,
                    "low_grade": None,
                    "high_grade": None,
                    "locale": None,
                    "enrollment": pd.NA,
                    "census_year": pd.NA,
                    **{f"{g}_share": pd.NA for g in SHARES},
                    "year": 2025,
                    "students": students,
                    "disadvantaged": students * (30 + i % 7) // 100,
                    "english_learners": students * (10 + i % 5) // 100,
                    "disabilities": pd.NA,
                    "homeless": 0,
                    "foster": 3,
                    "high_school": 0,
                }
            )
        return pd.DataFrame(rows).astype({"enrollment": "Int64", **{f"{g}_share": "Int64" for g in SHARES}})

    def ask_grid(self, **asked) -> pd.DataFrame:
        """The ranking with what the state made of it; hidden rows have planted numbers there too."""
        rows = self.ask_ranking(**asked)
        shown = rows["status"].astype(str).isin(("published", "zero"))
        said = {"status_level": 1, "change_tenths": -20, "change_level": 4, "color": 2, "box": 240}
        for name, value in said.items():
            rows[f"official_{name}"] = [value if ok else PLANTED for ok in shown]
        return rows.assign(school_type="UD")

    def ask_watch(self, indicator, other, year, level, region, county, cohort, entities) -> pd.DataFrame:
        found = [(e, g) for e in (DISTRICT, TOWN) for g in ("ALL", "SED") if level == "district" and county in (None, e[:2])]
        said = {DISTRICT: ("Differentiated Assistance, Year 1", 2024), TOWN: (None, None)}
        rows = [(e, NAMES[e], "Imperial County", level, year, g, 341, 92, *said[e]) for e, g in found]
        columns = ["entity", "name", "within", "level", "year", "student_group", "rate_tenths", "other_rate_tenths"]
        return pd.DataFrame(rows, columns=[*columns, "assistance_status", "assistance_year"])

    def ask_assistance(self, entity) -> pd.DataFrame:
        """Two years of a district; of the county its office and that district; of other places nothing."""
        office = f"{COUNTY[:2]}101320000000"
        found = {DISTRICT: [DISTRICT], COUNTY: [office, DISTRICT]}.get(entity, [])
        past = ("LCFF", 2023, "General Assistance", None, None)
        now = ("LCFF", 2024, "Differentiated Assistance, Year 1", ["FOS", "SWD", "LTEL"], [[5, 6], [5, 6], [4, 8]])
        names = {**NAMES, office: "Imperial County Office of Education"}
        rows = [(e, names[e], *said, e == office) for e in found for said in (past, now)]
        return pd.DataFrame(rows, columns=["entity", "name", "program", "year", "status", "groups", "priorities", "office"])

    def ask_statuses(self, region) -> pd.DataFrame:
        rows = [
            ("ESSA", 2022, "ATSI", 900),
            ("ESSA", 2023, "ATSI", 5),
            ("ESSA", 2023, "No Status", 40),
            ("LCFF", 2023, "General Assistance", 700),
            ("LCFF", 2024, "Differentiated Assistance, Year 1", 4),
            ("LCFF", 2024, "General Assistance", 9),
        ]
        return pd.DataFrame(rows, columns=["program", "year", "status", "places"])

    def ask_grants(self, entity) -> pd.DataFrame:
        """A district with a grant of its own and two schools that hold one; of the county and the state the same, counted."""
        school = ("school", "implementation", 2, 2024, 2028, 2)
        own = ("own", "implementation", 1, 2023, 2027, 1)
        found = {DISTRICT: [own, school], COUNTY: [("district", *own[1:]), school]}.get(entity, [])
        return pd.DataFrame(found, columns=["whose", "grant_type", "cohort", "starts", "ends", "places"])

    def ask_trend(self, entities, indicator, student_group) -> pd.DataFrame:
        years = sorted((*self.years, 2021))
        return frame([fact(e, y, student_group) for e in entities for y in years if y <= self.closed.get(e, y)])

    def ask_groups(self, entity, indicator, year) -> pd.DataFrame:
        lines = registry.lines(registry.indicators[indicator].vocabulary, registry.indicators[indicator].dimensions)
        return frame([with_prior(fact(entity, year, g)) for g in lines])

    def ask_jumps(self, indicator, student_group, jump, zero, min_rank, region=None, county=None) -> pd.DataFrame:
        rows = [
            {**place(e), "within": None, **with_prior(fact(e, 2025)), "prior_numerator": k, "prior_denominator": n}
            for e, (k, n) in self.prior.items()
        ]
        return frame([{c: r[c] for c in (*RANKING, "county_name")} for r in rows], (*RANKING, "county_name"))

    def ask_next_to_none(self, indicator, student_group, year, floor, floor_from, region, county) -> pd.DataFrame:
        columns = (*(c for c in RANKING if not c.startswith("prior_") and c != "within"), "county_name", "charter")
        row = {**place(DISTRICT), "charter": "yes", **fact(DISTRICT, year, student_group), "numerator": 3}
        return frame([{c: row[c] for c in columns}], columns)

    def ask_absent(self, indicator, student_group, year, region, county) -> pd.DataFrame:
        columns = ["entity", "name", "county_name", "level", "directory_status", "had"]
        rows = [{**place(TOWN), "had": True}, {**place(SMALL), "directory_status": "active", "had": False}]
        return pd.DataFrame([{c: r[c] for c in columns} for r in rows], columns=columns)

    def ask_elements(self, entities, indicators, groups, year) -> pd.DataFrame:
        at = year or max(self.years)
        rows = [
            {**with_prior(fact(e, at, group)), "indicator": name}
            for e in entities
            for name, group in zip(indicators, groups, strict=True)
        ]
        for row in rows:
            if row["entity"] in self.prior:
                row["prior_numerator"], row["prior_denominator"] = self.prior[row["entity"]]
        return frame(rows)

    def ask_offices(self, county) -> pd.DataFrame:
        rows = [("13101320000000", "Imperial County Office of Education")] if county == "13" else []
        return pd.DataFrame(rows, columns=["entity", "name"])

    def ask_contacts(self, entities, day) -> pd.DataFrame:
        rows = [
            (REGION, NAMES[REGION], HOSTILE, "Reading data", "desk@coast.example", "", "2026-07-01", None, ""),
            (COUNTY, NAMES[COUNTY], "County team", "", "", "(555) 555-0100", "2026-07-01", "2027-06-30", "By mail"),
        ]
        columns = ["entity", "place", "office", "topic", "email", "phone", "valid_from", "valid_to", "note"]
        return pd.DataFrame([r for r in rows if r[0] in entities], columns=columns)

    def ask_events(self, entities, day) -> pd.DataFrame:
        rows = [(REGION, NAMES[REGION], "2027-02-10", "2027-02-11", "Looking together", "training", HOSTILE, "Site teams", "")]
        columns = ["entity", "place", "starts", "ends", "title", "kind", "venue", "audience", "registration"]
        return pd.DataFrame([r for r in rows if r[0] in entities and r[3] >= day], columns=columns)

    def ask_coverage(self) -> pd.DataFrame:
        return pd.DataFrame(
            [("suspension_rate", 2025, "county", "published", 58)], columns=["indicator", "year", "level", "status", "rows"]
        )


MANIFEST = {
    "id": "20261122-000000-abcdef",
    "created": "2026-11-22T00:00:00+00:00",
    "code_version": "0",
    "demo": False,
    "content_hash": "c0ffee",
    "sources": [
        {
            "name": f"chronicabsenteeism{y % 100}.txt",
            "family": "chronic_absenteeism",
            "year": y,
            "release": "v1",
            "sha256": f"{y}" * 16,
            "bytes": 1000,
            "rows": 10,
            "encoding": "utf-8",
            "layout": "2025",
            "landing": "cde.ca.gov",
        }
        for y in YEARS
    ],
    "findings": [
        {"level": "WARN", "code": "W1", "file": "a.txt", "line": 3, "column": "", "value": "", "sentence": "A line was odd."}
    ],
    "indicators": {"suspension_rate": {"rows": 10, "counts_withheld": 2}},
    "years": {},
    "families": ["suspension"],
    "files": {},
    "steps": {},
}
