"""Exhibits on their way into a file: built, with their links and what stands about them, a few files at once."""

import contextlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

from flask import request

from components import links, pinned
from components import page as composer
from components.exhibit import Exhibit, Shown, Unanswerable
from components.i18n import _
from components.reading import Reading
from data import warehouse
from exports import About, Slide

AT_ONCE = 2
WAIT_SECONDS = 3
_slots = threading.BoundedSemaphore(AT_ONCE)
"""Files take longer than pages: a few at once, so that readers of pages do not wait for them."""


@contextlib.contextmanager
def slot() -> Iterator[None]:
    """One of the few places in which a file is made. Raises Busy after a wait."""
    if not _slots.acquire(timeout=WAIT_SECONDS):
        raise warehouse.Busy(_("Several files are being made at this moment. Please try again in a few seconds."))
    try:
        yield
    finally:
        _slots.release()


def built(exhibits: Sequence[Exhibit], read: Reading, many: bool) -> list[Shown]:
    """The exhibits asked for; for a file that holds one, the first. Raises Unanswerable where the first has no answer.

    Of the others, a file of many leaves out those that have none: a recipe where no similar places are asked for.
    """
    view = replace(read.view, build=read.build.id)
    out = [exhibits[0].build(view, read.ask)]
    for exhibit in exhibits[1:] if many else ():
        with contextlib.suppress(Unanswerable):
            out.append(exhibit.build(view, read.ask))
    return out


def slides(made: composer.Page, shown: Sequence[Shown], read: Reading) -> list[Slide]:
    """Built exhibits with their permalinks: the build is pinned, so the link shows the same numbers as the file."""
    return [Slide(one, links.permalink(made.key, one.key, read.view, read.build.id)) for one in shown]


def about(made: composer.Page, read: Reading) -> About:
    """What stands about the slides of one page."""
    site = request.host_url.rstrip("/")
    return About(
        made.key,
        tuple(read.view.to_query()),
        read.build.id,
        read.build.manifest["created"],
        read.build.demo,
        title=made.heading[0],
        site=site,
        newer=pinned.in_file(read.build, f"{site}{links.internal(made.path, read.view, build=None)}"),
    )
