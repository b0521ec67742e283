"""Assistance status as CDE publishes it: a label by place and year, the student groups it names, and the sentences on them.

Labels stand as CDE writes them, with their year. Nothing here judges, ranks or counts students.
"""

import re
from dataclasses import dataclass

from components.i18n import _, number, school_year
from components.verdict import Frame
from data import registry

FAMILIES = {"LCFF": "lcff_assistance", "ESSA": "essa_assistance"}
PROGRAMS = {family: program for program, family in FAMILIES.items()}
VOCABULARY = "dashboard"


@dataclass(frozen=True)
class Status:
    """What CDE says of one place in one year. `groups`: the student groups that it names, each with its priority areas.

    `known`: whether a file of this build marks groups for that year; a later file repeats the label and not the groups.
    `year`: of LCFF the Dashboard year; of ESSA the year in which the school year begins (CDE's record layouts).
    """

    entity: str
    name: str
    program: str
    year: int
    label: str
    groups: tuple[tuple[str, tuple[int, ...]], ...] = ()
    office: bool = False
    known: bool = True

    @property
    def when(self) -> str:
        return when(self.program, self.year)


def read(frame: Frame) -> list[Status]:
    """The rows of the query `assistance`, in its order."""
    return [
        Status(
            str(r["entity"]),
            str(r["name"]),
            str(r["program"]),
            int(r["year"]),
            str(r["status"]),
            _groups(r),
            bool(r["office"]),
            hasattr(r["groups"], "__len__"),
        )
        for r in frame.to_dict("records")
    ]


def _groups(row: dict) -> tuple[tuple[str, tuple[int, ...]], ...]:
    codes, areas = _listed(row["groups"]), _listed(row["priorities"])
    return tuple((str(c), tuple(int(a) for a in _listed(areas[i])) if areas else ()) for i, c in enumerate(codes))


def _listed(value: object) -> list:
    """A list cell of a frame: an array, or one of several kinds of nothing."""
    return list(value) if hasattr(value, "__len__") and not isinstance(value, str) else []  # type: ignore[call-overload]


def program_of(level: str) -> str:
    """Schools have a status under ESSA; districts and county offices under LCFF."""
    return "ESSA" if level == "school" else "LCFF"


def when(program: str, year: int) -> str:
    """The year of a status as CDE writes it: '2024' of LCFF, '2023–24' of ESSA."""
    return school_year(ends(program, year)) if program == "ESSA" else str(year)


def ends(program: str, year: int) -> int:
    """The ending year of the school year that a status belongs to: LCFF 2024 and ESSA 2023–24 stand for 2023–24."""
    return year + 1 if program == "ESSA" else year


def dated(program: str, label: str, year: int) -> str:
    """A label with its year, for a cell: 'Differentiated Assistance, Year 1 (2024)'."""
    return _("%(label)s (%(year)s)") % {"label": label, "year": when(program, year)}


def subtitle(status: Status) -> str:
    """Whose status it is and under which law."""
    if status.program == "ESSA":
        return _("%(name)s: status under the Every Student Succeeds Act (ESSA)") % {"name": status.name}
    return _("%(name)s: support under the Local Control Funding Formula (LCFF)") % {"name": status.name}


def sentence(status: Status) -> str:
    """CDE's label of a year and what it means by CDE's record layout, as one sentence."""
    values = {"name": status.name, "year": status.when, "label": status.label}
    again = re.fullmatch(r"Differentiated Assistance, Year (\d)", status.label)
    if again:
        text = _("For %(year)s, CDE lists %(name)s under “%(label)s”: eligible for differentiated support, in year %(n)s of it.")
        return text % {**values, "n": again.group(1)}
    texts = {
        "General Assistance": _("For %(year)s, CDE lists %(name)s under “%(label)s”: eligible for general support."),
        "Differentiated Assistance": _(
            "For %(year)s, CDE lists %(name)s under “%(label)s”: eligible for differentiated support."
        ),
        "No Status": _("For %(year)s, CDE lists %(name)s under “%(label)s”: no assistance status under ESSA."),
        "TSI": _("For %(year)s, CDE lists %(name)s under “%(label)s”: eligible for Targeted Support and Improvement."),
        "ATSI": _(
            "For %(year)s, CDE lists %(name)s under “%(label)s”: eligible for Additional Targeted Support and Improvement."
        ),
        "CSI Grad": _(
            "For %(year)s, CDE lists %(name)s under “%(label)s” (Comprehensive Support and Improvement, graduation rate): "
            "eligible by its graduation rate."
        ),
        "CSI Low Perform": _(
            "For %(year)s, CDE lists %(name)s under “%(label)s” (Comprehensive Support and Improvement, low performing): "
            "eligible as a school with Title I funds."
        ),
    }
    return texts.get(status.label, _("For %(year)s, CDE lists %(name)s under “%(label)s”.")) % values


def named(status: Status) -> list[str]:
    """The student groups that CDE names for the year, a sentence for each set of priority areas; [] where it names none."""
    if not status.known:
        if status.label in ("General Assistance", "No Status"):
            return []
        return [_("The student groups behind the label of %(year)s are not in this build’s files.") % {"year": status.when}]
    if status.program == "ESSA":
        names = [group_name(g, status.year) for g, _areas in status.groups]
        return [_("The student groups that CDE names: %(groups)s.") % {"groups": ", ".join(names)}] if names else []
    if not status.groups:
        if not status.label.startswith("Differentiated"):
            return []
        return [_("CDE’s file marks no student group here; local indicators, among others, can make a district eligible, too.")]
    by_areas: dict[tuple[int, ...], list[str]] = {}
    for group, areas in status.groups:
        by_areas.setdefault(areas, []).append(group_name(group, status.year))
    used = sorted({area for areas in by_areas for area in areas})
    return [
        *(_met(areas, names) for areas, names in by_areas.items()),
        _("State priority %(names)s.") % {"names": ", ".join(map(priority, used))}
        if len(used) == 1
        else _("State priorities: %(names)s.") % {"names": ", ".join(map(priority, used))},
    ]


def _met(areas: tuple[int, ...], names: list[str]) -> str:
    """Which groups met CDE's criteria for one set of state priorities, each group for all of them."""
    values = {"groups": ", ".join(names), "areas": ", ".join(map(str, areas[:-1])), "last": areas[-1] if areas else ""}
    if not areas:
        return _("Student groups that met CDE’s criteria: %(groups)s.") % values
    if len(areas) == 1:
        return _("Student groups that met CDE’s criteria for state priority %(last)s: %(groups)s.") % values
    if len(names) == 1:
        return _("Student groups that met CDE’s criteria for state priorities %(areas)s and %(last)s: %(groups)s.") % values
    return _("Student groups that met CDE’s criteria, each for state priorities %(areas)s and %(last)s: %(groups)s.") % values


def spelled(labels: set[str]) -> list[str]:
    """What CDE's short labels under ESSA stand for, those that occur."""
    whole = {
        "TSI": _("TSI is Targeted Support and Improvement."),
        "ATSI": _("ATSI is Additional Targeted Support and Improvement."),
        "CSI Grad": _("CDE’s label “CSI Grad” is Comprehensive Support and Improvement, graduation rate."),
        "CSI Low Perform": _("CDE’s label “CSI Low Perform” is Comprehensive Support and Improvement, low performing."),
    }
    return [text for label, text in whole.items() if label in labels]


def priority(area: int) -> str:
    """A state priority as CDE's workbook names it: '5 is pupil engagement'."""
    return {
        4: _("4 is pupil achievement"),
        5: _("5 is pupil engagement"),
        6: _("6 is school climate"),
        8: _("8 is outcomes in a broad course of study"),
    }[area]


def group_name(code: str, year: int) -> str:
    return _(registry.group_in(VOCABULARY, code, year).label)


def marked(status: Status) -> str:
    """How many student groups CDE marks, for a cell; a year whose own file is absent does not read as none."""
    return number(len(status.groups)) if status.known else _("not in this build’s files")


def whose_word() -> str:
    """Whose label it is."""
    return _("A status names the support that a place is eligible for. It is CDE’s label and no judgment of this dashboard.")
