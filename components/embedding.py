"""Which other sites may show an exhibit in a frame: RTAC_EMBED, a list of origins with commas. Empty, as it comes: none."""

import os
import re
from functools import cache

SETTING = "RTAC_EMBED"
SELF = "self"
ORIGIN = re.compile(r"https://[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+(?::[0-9]{1,5})?")
"""A whole origin: no star, no path, no other scheme. What frames an exhibit decides what stands around it."""


def ancestors() -> tuple[str, ...]:
    """The sources of `frame-ancestors`: ("'none'",) where no site may embed."""
    found = listed(os.environ.get(SETTING, ""))
    return tuple("'self'" if origin == SELF else origin for origin in found) or ("'none'",)


def allowed() -> bool:
    """Whether any site may embed."""
    return bool(listed(os.environ.get(SETTING, "")))


@cache
def listed(setting: str) -> tuple[str, ...]:
    """The origins of a comma list; "self" is this server. Raises ValueError with the entry that is none."""
    found = tuple(entry.strip().lower().rstrip("/") for entry in setting.split(",") if entry.strip())
    for entry in found:
        if entry != SELF and not ORIGIN.fullmatch(entry):
            raise ValueError(entry)
    return found
