"""A layout shows the frame of a page at once: it looks up what is chosen and asks for no numbers. Exhibits come side by side."""

import dash
import pytest

import queries
from components import exposed
from components.page import pages
from tests.web import PAGES, forget

LOOKED_UP = {"years", "places"}
"""What a choice needs to be read: which years there are, and the place that a code means. Both are kept."""


@pytest.mark.parametrize("path", [*PAGES, "/equity?place=56000000000000", "/grid?place=56000000000000", "/pillars?place=R-CCO"])
def test_a_layout_asks_for_no_numbers(web, monkeypatch, path):
    asked: list[str] = []
    run = queries.run

    def noted(name: str, build: str | None = None, **params: object):
        asked.append(name)
        return run(name, build, **params)

    forget()
    monkeypatch.setattr(queries, "run", noted)
    where, _mark, query = path.partition("?")
    chosen = dict(pair.split("=") for pair in query.split("&") if pair)
    page = next(p for p in dash.page_registry.values() if p["path"] == where)
    with web.application.test_request_context(path):
        assert page["layout"](**chosen)
    assert set(asked) <= LOOKED_UP, path


def test_every_exhibit_waits_for_the_choice_alone(web):
    """Each has a callback of its own whose only trigger is the view: the browser asks for all of them at once."""
    for key, made in pages.items():
        for item in made.items:
            (door,) = [d for name, d in exposed.doors.items() if f"{key}-{item.exhibit.key}-head" in name]
            assert [(a.id, a.prop) for a in door.inputs if not a.state] == [("view", "data")], (key, item.exhibit.key)
