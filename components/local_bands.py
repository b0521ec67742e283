"""Counts by band as they may be said: the middle student's band, as far as rounded and withheld counts let it be known."""

from components import local_numbers as numbers


def middle(bands: list[str], counts: dict[str, int | None], total: int | None) -> list[str]:
    """The bands in which the middle student can be, in order; [] where that cannot be said.

    Every shown count may be off by less than ten; a withheld one may be anything that the total leaves.
    """
    if not total or any(band not in counts for band in bands):
        return []
    off = numbers.rounding.BASE - 1
    shown = {b: v for b, v in counts.items() if v is not None}
    left = max(0, total + off - sum(max(0, v - off) for v in shown.values()))
    low = {b: max(0, shown[b] - off) if b in shown else 0 for b in bands}
    high = {b: shown[b] + off if b in shown else left for b in bands}
    half = (max(0, total - off) / 2, (total + off) / 2)
    found = []
    for i, band in enumerate(bands):
        before = sum(low[b] for b in bands[:i])
        reached = sum(high[b] for b in bands[: i + 1])
        if before < half[1] and reached >= half[0]:
            found.append(band)
    return found
