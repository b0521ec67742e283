"""How the value of a measure is written: in a sentence, in a table, as a change, on an axis. One row a unit of the registry."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from components.i18n import _, decimal


@dataclass(frozen=True)
class Unit:
    """`long`, `short` and `change` are texts with a place for the number; `axis` follows the last number of an axis."""

    long: Callable[[], str]
    short: Callable[[], str]
    change: Callable[[], str]
    name: Callable[[], str]
    axis: str = ""
    places: int = 1


UNITS = {
    "percent": Unit(
        lambda: _("%(value)s percent"), lambda: _("%(value)s %%"), lambda: _("%(value)s points"), lambda: _("percent"), " %"
    ),
    "per_1000": Unit(
        lambda: _("%(value)s per 1,000 students"),
        lambda: _("%(value)s per 1,000"),
        lambda: _("%(value)s per 1,000"),
        lambda: _("per 1,000 students"),
        places=2,
    ),
    "days": Unit(lambda: _("%(value)s days"), lambda: _("%(value)s days"), lambda: _("%(value)s days"), lambda: _("days")),
    "days_per_100": Unit(
        lambda: _("%(value)s days per 100 students"),
        lambda: _("%(value)s per 100"),
        lambda: _("%(value)s days per 100 students"),
        lambda: _("days per 100 students"),
    ),
    "suspensions": Unit(
        lambda: _("%(value)s per suspended student"),
        lambda: "%(value)s",
        lambda: "%(value)s",
        lambda: _("suspensions per suspended student"),
        places=2,
    ),
}


def amount(unit: str, value: Fraction | float, places: int | None = None) -> str:
    """A value as it stands in a sentence: '22.9 percent', '14.8 days'."""
    return UNITS[unit].long() % {"value": decimal(value, UNITS[unit].places if places is None else places)}


def brief(unit: str, value: Fraction | float, places: int | None = None) -> str:
    """A value as it stands in a table or a label: '22.9 %', '14.8 days'."""
    return UNITS[unit].short() % {"value": decimal(value, UNITS[unit].places if places is None else places)}


def bare(unit: str, value: Fraction | float, places: int | None = None) -> str:
    """A value without its unit, where the unit stands beside it."""
    return decimal(value, UNITS[unit].places if places is None else places)


def size(unit: str, change: Fraction | float) -> str:
    """The size of a change without its direction: '2.7 points', or 'less than 0.1 points'."""
    places = UNITS[unit].places
    text = decimal(abs(change), places)
    if change and text == decimal(0, places):
        text = _("less than %(least)s") % {"least": decimal(Fraction(1, 10**places), places)}
    return UNITS[unit].change() % {"value": text}
