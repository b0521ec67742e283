"""Days as they are shown: whole percents of the days expected, and no number of days.

Days over the school days of the calendar would be the students, to one. A whole percent of a hundred days or more says nothing of
how many they were: for every number of them there are days attended that give it.
"""

import numpy as np

from data.privacy import system
from data.privacy.cube import DAYS, NONE, Cube, Numbers, facts
from data.privacy.rounding import rate_of

WHOLE = 1000
"""What stands for all days expected; a share is in parts of it, in whole percents and with coded ends."""
LEAST = 100 * DAYS
"""Of fewer days than a hundred (in tenths, as they travel) no share is shown."""


def shown(cube: Cube, counts: Numbers) -> Numbers:
    """The counts (NaN: hidden) with every number of days as a share in thousandths of the days expected.

    Hidden as well: what stands beside hidden students, and shares of hidden days or of too few.
    """
    days = cube.flag("fact", [word for word in cube.words["fact"] if facts()[word]["kind"] == "days"])
    of = cube.wholes()
    of = np.where(of == NONE, np.arange(cube.size), of)
    dark = system.beside(cube, np.isnan(counts)) | ~(counts[of] >= LEAST)
    out = np.where(days & dark, np.nan, counts)
    for cell in np.flatnonzero(days & ~np.isnan(out)):
        found = rate_of(int(counts[cell]), int(counts[of[cell]]))
        out[cell] = WHOLE if found is None or of[cell] == cell else found.percent * WHOLE // 100
    return out
