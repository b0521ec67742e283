"""The names that this server answers under: RTAC_HOSTS, a comma list. Empty, as it comes, means every name.

Behind a proxy the list should be set: without it, a page elsewhere whose name was pointed at this machine is read as ours.
"""

import os
import re
from functools import cache

from flask import Response, request

from components.i18n import _
from server.faults import sentence

SETTING = "RTAC_HOSTS"
NAME = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::[0-9]{1,5})?")
OF_THE_MACHINE = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Names under which the machine asks itself whether it is well."""
PROBES = ("/health", "/ready")


def guard() -> Response | None:
    """Before each request: a 400 for a name that is not on the list. The port does not count."""
    allowed = listed(os.environ.get(SETTING, ""))
    if not allowed or _asked() in (allowed | OF_THE_MACHINE if request.path in PROBES else allowed):
        return None
    return sentence(_("This server does not answer under the name in this address. Open it under its own name."), 400)


def _asked() -> str | None:
    """The name in the Host header, as sent: None when there is none or it is no name."""
    return _name(request.headers.get("Host", ""))


def _name(text: str) -> str | None:
    found = NAME.fullmatch(text.strip().lower())
    return found.group(1) if found else None


@cache
def listed(setting: str) -> frozenset[str]:
    """The names of a comma list. Raises ValueError with the entry that is no name."""
    names = set()
    for entry in filter(str.strip, setting.split(",")):
        name = _name(entry)
        if name is None:
            raise ValueError(entry.strip())
        names.add(name)
    return frozenset(names)
