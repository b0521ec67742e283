"""What a page and a file say of the build that a link pins: that newer numbers are published, or what became of the build.

It says; it opens nothing and decides nothing (components/reading.py does).
"""

import re

from components.dates import written
from components.i18n import _, ngettext, number
from data import store, warehouse

NAME = re.compile(r"(20\d\d)([01]\d)([0-3]\d)-\d{6}-[0-9a-f]{6}")
"""How a build is named (data/builds.py): its name says the day on which it was made."""


def replaced(build: warehouse.Build) -> bool:
    """Whether another build than this one is the published one. False where none can be opened."""
    try:
        return warehouse.current().id != build.id
    except warehouse.NoBuild:
        return False


def sentence(build: warehouse.Build) -> str:
    """Of which build the numbers are, and what is published instead. "" where it is the published one."""
    if not replaced(build):
        return ""
    now = warehouse.current().manifest
    values = {"build": build.id, "day": written(build.manifest["created"][:10]), "now": written(now["created"][:10])}
    if now.get("sequence", 0) < build.manifest.get("sequence", 0):
        text = _(
            "These numbers are of build %(build)s, made on %(day)s. It was taken back: an earlier one, of %(now)s, is published."
        )
        return text % values
    return _("These numbers are of build %(build)s, made on %(day)s. Newer numbers are published, made on %(now)s.") % values


def in_file(build: warehouse.Build, address: str) -> str:
    """The same for a file, with the address of the current numbers. "" where the build is the published one."""
    said = sentence(build)
    return _("%(said)s The current ones: %(address)s") % {"said": said, "address": address} if said else ""


def no_build(text: str) -> str:
    """What is wrong with a value of `build` that names no build at all. `text` is fit for a sentence."""
    return _("“%(text)s” does not name a build.") % {"text": text}


def gone(build: str) -> str:
    """What became of a build that cannot be opened, as far as it is known. Its id is checked (components/view.py)."""
    values = {"build": build, "day": _made(build), "removed": written(store.removed().get(build, "")), "kept": keeps()}
    if any(m["id"] == build for m in store.manifests()):
        return _("Build %(build)s is damaged or of another version of this program, and is not shown.") % values
    if values["removed"]:
        return _("Build %(build)s, made on %(day)s, was removed on %(removed)s. %(kept)s") % values
    if values["day"]:
        return _("Build %(build)s, made on %(day)s, is not kept here. %(kept)s") % values
    return _("Build %(build)s is not kept here. %(kept)s") % values


def keeps() -> str:
    """How many builds stay."""
    text = ngettext("Only the newest build is kept.", "The newest %(n)s builds are kept.", store.KEEP)
    return text % {"n": number(store.KEEP)}


def _made(build: str) -> str:
    """The day on which a build was made, from its name; "" where that says none."""
    found = NAME.fullmatch(build)
    if not found or not 1 <= int(found[2]) <= 12:
        return ""
    return written("-".join(found.groups()))
