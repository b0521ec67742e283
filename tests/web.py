"""How the web tests call callbacks: the body that a browser would send, made from the declarations themselves."""

from pathlib import Path

from components import exposed

ROOT = Path(__file__).parents[1]
PAGES = ("/", "/compare", "/place?place=56000000000000", "/data", "/methods")
PATH = "/_dash-update-component"


def doors(having: str) -> dict[str, exposed.Door]:
    """The declared callbacks whose name holds a text."""
    return {name: door for name, door in exposed.doors.items() if having in name}


def body(name: str, view: object = None, build: object = None, **texts: object) -> dict:
    """The body of a call with these values."""
    door = exposed.doors[name]
    values = {"view": view if view is not None else {}, "build": build, **texts}

    def one(ask: exposed.Ask) -> dict:
        return {"id": ask.id, "property": ask.prop, "value": values[ask.kind] if ask.kind != "text" else texts.get(ask.prop, "")}

    return {
        "output": name, "outputs": [{"id": id_, "property": prop} for id_, prop in door.outputs],
        "inputs": [one(a) for a in door.inputs if not a.state], "state": [one(a) for a in door.inputs if a.state],
        "changedPropIds": [],
    }


ROUTER = exposed.key_of((("_pages_content", "children"), ("_pages_store", "data")))
