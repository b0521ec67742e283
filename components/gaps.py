"""A student group against all other students: which comparisons are allowed, and what they come to. Pure functions of facts.

What a comparison could give away, and why this adds nothing (TRUST.md 2.1, FORMATS.md 1.9):

1. "All others" is the published row of all students minus the published row of the group. Whoever has both rows can subtract
   them, and both stand in the files of Place for the same place and year. Rate, intervals, difference, ratio and "N fewer
   students" are functions of those four integers, so that a page of them can be made from the exported facts alone:
   tests/test_equity.py makes it so, number by number, and holds both against an attacker who solves for hidden cells.
2. Hence a remainder is never made from a row whose counts are hidden, neither the group's nor the total's: no coarse rate is
   turned back into counts, and no remainder is printed that the reader could not have had.
3. More than that is asked. Where a sibling in the same family (gender, race) is withheld, or lost its counts to protect one
   that is, "all others" is the shown siblings plus the hidden ones: printing it is doing the attacker's first subtraction. So
   a family with one hidden cell has no comparison at all in that place and year, however many siblings are hidden.
4. The same where the shown siblings do not add up to the total: someone is missing who has no row of their own. CDE's families
   of 2023-24 add up in each place where none is hidden, so that this costs nothing and fails on the safe side.
5. Groups of programs (English learners, students with disabilities, ...) are in no family: nothing adds up to anything, and
   only the two rows of 1 matter. Both sides must have 30 students, so that no small complement is printed.
6. A region's rows are sums over the counties that show them. Where a county hides the group, or a sibling, total and group do
   not hold the same counties: the remainder would be wrong, and would hold what that county hides. Not compared.
7. Where 3, 4, 6 or too few others forbid a comparison inside the place, the group's own published row is set against all other
   students of California instead (indicators.csv DIS08, "alternate risk ratio"): two published rows of the state, of which the
   rules above hold as well, and no remainder of the place.

Not a finding under IDEA: 34 CFR 300.647 has the same ratio and minimums, for students with disabilities in districts only.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from components import facts
from components.verdict import excess, newcombe, risk_ratio, wilson
from data import registry
from data.registry import Equation, Indicator

PEOPLE = ("race", "gender", "program")
"""The dimensions of student groups: who the students are, not which grade they are in."""
UNNAMED = ("RD", "GZ")
"""Students of whom the file does not say what they are: listed, never the headline."""
FEWEST = 30
"""Students on each side of a comparison (indicators.csv ATT10, DIS08 and DIS09)."""
FEWEST_CASES = 10
"""Cases on each side of a ratio and of "N fewer students" (DIS08, DIS10; 34 CFR 300.647 calls more than 10 unreasonable)."""
HIDDEN = ("withheld", "counts_withheld")


class Allowed(StrEnum):
    """Whether a group may be set against all others, as the files write it; else why not."""

    YES = "yes"
    DIFFERENCE = "difference_only"
    STATE = "against_state"
    COUNTS = "no_counts"
    SIBLING = "sibling_hidden"
    COUNTY = "county_left_out"
    INCOMPLETE = "family_incomplete"
    FEW = "too_few_students"


INSTEAD = (Allowed.SIBLING, Allowed.COUNTY, Allowed.INCOMPLETE, Allowed.FEW)
"""Why a group is set against the state's others instead of the place's."""


class Side(StrEnum):
    """Where a group stands against all others, as far as the intervals say."""

    ABOVE = "above"
    BELOW = "below"
    CHANCE = "chance"
    NONE = "none"


@dataclass(frozen=True)
class Numbers:
    """What two pairs of counts come to. Difference in the measure's unit; ratio and `fewer` None where cases are too few.

    `fewer`: how many cases fewer there would be at the rate of the others; below zero, how many more.
    """

    others: tuple[int, int]
    others_rate: Fraction
    others_interval: tuple[float, float]
    difference: Fraction
    lower: float
    upper: float
    ratio: tuple[float, float, float] | None
    fewer: Fraction | None


@dataclass(frozen=True)
class Gap:
    """A student group's fact row and, where `allowed`, what it comes to against all other students of its place.

    Those of California where `allowed` is STATE.
    """

    row: dict
    allowed: Allowed
    numbers: Numbers | None = None

    @property
    def side(self) -> Side:
        """ABOVE or BELOW only where the interval of the difference leaves out 0 and that of a ratio leaves out 1."""
        told = self.numbers
        if told is None:
            return Side.NONE
        ratio = told.ratio or (1.0, told.lower + 1, told.upper + 1)
        if told.lower > 0 and ratio[1] > 1:
            return Side.ABOVE
        return Side.BELOW if told.upper < 0 and ratio[2] < 1 else Side.CHANCE


def fits(indicator: Indicator) -> bool:
    """Whether groups can be compared by this measure: a share of students, with an interval of a share, by student group."""
    return indicator.kind == "share" and indicator.interval == "wilson" and bool(people(indicator))


def people(indicator: Indicator) -> list[str]:
    """The lines of an indicator that are student groups, in reading order."""
    return [line for line, dimension in facts.dimensions(indicator).items() if dimension in PEOPLE]


def against_others(numerator: int, denominator: int, total_k: int, total_n: int, indicator: Indicator) -> Numbers:
    """A group against all others of a total. Raises ValueError where no one else is left, or the group is no part of it."""
    k, n = total_k - numerator, total_n - denominator
    if n <= 0 or denominator <= 0 or not 0 <= k <= n or not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} of {denominator} is no part of {total_k} of {total_n}")
    return against((numerator, denominator), (k, n), indicator)


def against(group: tuple[int, int], others: tuple[int, int], indicator: Indicator) -> Numbers:
    """A group's counts against those of students who are not in it, as (cases, students)."""
    scale = indicator.scale / 100
    lower, upper = (scale * end for end in newcombe(*group, *others))
    rate, (low, high) = indicator.value(*others), wilson(*others)
    both = bool(group[0] and others[0])
    return Numbers(
        others=others,
        others_rate=rate,
        others_interval=(scale * low, scale * high),
        difference=indicator.value(*group) - rate,
        lower=lower,
        upper=upper,
        ratio=risk_ratio(*group, *others) if both else None,
        fewer=excess(*group, *others) if both else None,
    )


def gaps(rows: Sequence[dict], indicator: Indicator, left_out: Collection[str] = (), state: Sequence[dict] = ()) -> list[Gap]:
    """Every student group of one place and year, from its fact rows (all students among them), in the order given.

    `left_out`: of a region, the lines that some county of it hides. `state`: the state's rows of the same year.
    """
    cells = {r["student_group"]: r for r in rows}
    own = [_gap(r, cells, indicator, left_out) for r in rows if r["student_group"] in people(indicator)]
    whole = {g.row["student_group"]: g.numbers.others for g in gaps(state, indicator) if g.numbers} if state else {}
    return [_statewide(g, whole.get(g.row["student_group"]), indicator) for g in own]


def _statewide(gap: Gap, others: tuple[int, int] | None, indicator: Indicator) -> Gap:
    """The group against the state's others, where it is large enough and its place allows no comparison; else as it is."""
    row = gap.row
    if others is None or gap.allowed not in INSTEAD or row["denominator"] < _least(indicator):
        return gap
    told = against((row["numerator"], row["denominator"]), others, indicator)
    few = row["numerator"] < FEWEST_CASES
    return Gap(row, Allowed.STATE, replace(told, fewer=None, ratio=None if few else told.ratio))


def _least(indicator: Indicator) -> int:
    return max(FEWEST, indicator.min_rank * indicator.denominator_parts)


def _gap(row: dict, cells: dict[str, dict], indicator: Indicator, left_out: Collection[str]) -> Gap:
    total = cells.get(indicator.total)
    if not total or row["numerator"] is None or total["numerator"] is None or not row["denominator"]:
        return Gap(row, Allowed.COUNTS)
    refused = _family(row["student_group"], cells, indicator, left_out)
    if refused:
        return Gap(row, refused)
    if min(row["denominator"], total["denominator"] - row["denominator"]) < _least(indicator):
        return Gap(row, Allowed.FEW)
    try:
        told = against_others(row["numerator"], row["denominator"], total["numerator"], total["denominator"], indicator)
    except ValueError:
        return Gap(row, Allowed.INCOMPLETE)
    if min(row["numerator"], told.others[0]) >= FEWEST_CASES:
        return Gap(row, Allowed.YES, told)
    return Gap(row, Allowed.DIFFERENCE, replace(told, ratio=None, fewer=None))


def _family(line: str, cells: dict[str, dict], indicator: Indicator, left_out: Collection[str]) -> Allowed | None:
    """Why the families of a line forbid its comparison, or None."""
    families = families_of(line, indicator)
    members = {line, indicator.total}.union(*(e.members for e in families))
    if any(cells[m]["status"] in HIDDEN for m in members if m in cells):
        return Allowed.SIBLING
    if members.intersection(left_out):
        return Allowed.COUNTY
    return None if all(_adds_up(e, cells) for e in families) else Allowed.INCOMPLETE


def families_of(line: str, indicator: Indicator) -> list[Equation]:
    """The equations that a line is a member of: what a reader can subtract it from."""
    return [e for e in registry.equations if e.vocabulary == indicator.vocabulary and line in e.members]


def _adds_up(family: Equation, cells: dict[str, dict]) -> bool:
    members = [cells[m] for m in family.members if m in cells]
    return all(sum(m[part] or 0 for m in members) == cells[family.total][part] for part in ("numerator", "denominator"))
