"""The one helper for links: paths of this site, from constants and checked codes. Text from data never becomes an address."""

import re

from components.view import ENTITY, View

PATH = re.compile(r"/[a-z0-9/_.-]*")


def internal(path: str, view: View | None = None, **changes: object) -> str:
    """A link to one of our own paths with the reader's choice. Raises ValueError for anything else."""
    if not PATH.fullmatch(path) or path.startswith("//") or ".." in path:
        raise ValueError(f"{path!r} is not a path of this site.")
    return (view or View()).link(path, **changes)


def place(entity: str, view: View | None = None) -> str:
    """The page of one place. Raises ValueError for what is not an entity code."""
    if not ENTITY.fullmatch(entity):
        raise ValueError(f"{entity!r} is not the code of a place.")
    return internal("/place", view, place=(entity,))


def of_page(key: str) -> str:
    """The path of a page: "my_schools" -> "/my-schools"."""
    return "/" if key == "home" else "/" + key.replace("_", "-")


def permalink(page: str, exhibit: str, view: View, build: str) -> str:
    """The address of one exhibit with its build pinned: it shows the same numbers as long as that build is kept."""
    return f"{internal(of_page(page), view, build=build)}#{page}-{exhibit}"


def download(page: str, form: str, view: View, exhibit: str = "") -> str:
    """The file of a page, or of one of its exhibits, for the reader's choice."""
    return _of_exhibit(internal(f"/export/{page}.{form}", view), exhibit)


def embed(page: str, view: View, exhibit: str) -> str:
    """One exhibit on a page of its own, which another site may show in a frame."""
    return _of_exhibit(internal(f"/embed/{page}", view), exhibit)


def _of_exhibit(href: str, exhibit: str) -> str:
    if not exhibit:
        return href
    return f"{href}{'&' if '?' in href else '?'}exhibit={exhibit}"
