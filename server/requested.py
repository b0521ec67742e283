"""What the query of a file asks for: page, view, exhibits and shape. What a page would only note is refused here."""

from collections.abc import Sequence

from components import page as composer
from components import reading
from components.exhibit import Exhibit
from components.i18n import _
from components.reading import Reading
from exports import About, Format
from server import permalinks


class Refused(ValueError):
    """The query cannot be answered as a file. The text is a sentence; `status` is the HTTP status.

    `current`: the address of the same with the current numbers, where the query pins a build that cannot be opened.
    """

    def __init__(self, text: str, status: int = 400, current: str = ""):
        super().__init__(text)
        self.status = status
        self.current = current


def page(name: str) -> composer.Page:
    """A page by its key. Raises Refused."""
    made = composer.pages.get(name)
    if made is None:
        raise Refused(_("There is no page of this name. There are: %(pages)s.") % {"pages": ", ".join(composer.pages)}, 404)
    return made


def parse(made: composer.Page, query: dict[str, list[str]]) -> tuple[Reading, Sequence[Exhibit]]:
    """The view that a query means and the exhibits that it names. Raises Refused for anything that a page would only note."""
    keys = query.pop("exhibit", [])
    known = {e.key: e for e in made.exhibits}
    if len(keys) > 1 or (keys and keys[0] not in known):
        raise Refused(_("“exhibit” takes one of: %(keys)s.") % {"keys": ", ".join(known)})
    for name, values in query.items():
        if "" in [v.strip() for v in values]:
            raise Refused(_("“%(name)s” is empty. Leave it out or give it a value.") % {"name": name[:40]})
        if name != "place" and len(values) > 1:
            raise Refused(_("“%(name)s” was given more than once; only one value can be used.") % {"name": name[:40]})
    if found := permalinks.trouble(query):
        raise Refused(*found, current=permalinks.current())
    read = reading.read({**made.defaults, **query})
    if read.view.notes:
        raise Refused(" ".join(read.view.notes))
    if "peers" in made.filters and reading.unused(read.view):
        name = reading.unused(read.view)[0]
        peers = "similar" if name == "weights" else name
        raise Refused(_("“%(name)s” is only used with peers=%(peers)s.") % {"name": name, "peers": peers})
    return read, [known[keys[0]]] if keys else list(known.values())


def shape_of(asked: Sequence[str], form: Format) -> str:
    """The shape of the slides or picture that a query asks for. Raises Refused where the format has no such shape."""
    if not asked:
        return About.shape
    if len(asked) > 1 or asked[0] not in form.shapes:
        if not form.shapes:
            raise Refused(_("“shape” is for slides and pictures only."))
        raise Refused(_("“shape” is one of: %(names)s.") % {"names": ", ".join(form.shapes)})
    return asked[0]
