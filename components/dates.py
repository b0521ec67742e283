"""Dates as people write them, as exact as they are known: a day, a month or a year."""

from components.i18n import _


def months() -> tuple[str, ...]:
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August"), _("September"),
        _("October"), _("November"), _("December"),
    )  # fmt: skip


def month_name(month: int) -> str:
    """202602 -> 'February 2026'."""
    return _("%(month)s %(year)s") % {"month": months()[month % 100 - 1], "year": month // 100}


def short_month(month: int) -> str:
    """202602 -> 'Feb 2026', for a narrow axis."""
    return _("%(month)s %(year)s") % {"month": months()[month % 100 - 1][:3], "year": month // 100}


def so_far(month: int) -> str:
    """From July 1 to the end of a month: 202602 -> 'July 2025 to February 2026'; 202507 -> 'July 2025'."""
    if month % 100 == 7:
        return month_name(month)
    july = (month // 100 - (month % 100 < 7)) * 100 + 7
    return _("%(first)s to %(last)s") % {"first": month_name(july), "last": month_name(month)}


def written(text: str) -> str:
    """'2022-11-02' -> 'November 2, 2022'; '2022-05' -> 'May 2022'; '2025' stays."""
    year, *rest = text.split("-")
    if not rest:
        return year
    values = {"year": year, "month": months()[int(rest[0]) - 1]}
    if len(rest) == 1:
        return _("%(month)s %(year)s") % values
    return _("%(month)s %(day)s, %(year)s") % {**values, "day": str(int(rest[1]))}


def span(start: str, end: str) -> str:
    """'from May 2022', 'May 2022 to 2025', 'until 2025'; a single day as itself; that nothing is stated where nothing is."""
    if start and start == end:
        return written(start)
    if start and end:
        return _("%(first)s to %(last)s") % {"first": written(start), "last": written(end)}
    if start:
        return _("from %(date)s") % {"date": written(start)}
    return _("until %(date)s") % {"date": written(end)} if end else _("date not stated")
