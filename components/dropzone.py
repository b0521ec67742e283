"""The upload section of My schools: student files are read, checked and counted inside the browser, and only counts can leave it.

What stands here is the frame and its sentences; assets/drop.js takes the files, engine/*.js do the rest. dcc.Upload would post
the file: never here.
"""

import json

from dash import html

from components import engine, scope
from components.drop_words import texts
from components.i18n import _
from components.markup import also


def dropzone(place: str = "", demo: bool = False) -> html.Section:
    """The section, ready to stand on a page. `place`: the CDS code of a district or school to start with, or nothing.

    `demo`: whether the build that is served holds invented numbers; a publication says the same of itself.
    """
    address = {f"data_{part}": at for part, at in engine.addresses().items()}
    frame = also(data_drop="", data_texts=json.dumps(texts(), ensure_ascii=False), data_place=place, **address)
    promise = [
        html.Strong(_("Student rows never leave this browser.")),
        " ",
        _("They are read, checked and counted here, in this tab. You see exactly what would be sent before anything is."),
    ]
    return html.Section(
        [
            html.H2(_("Check and count your own files")),
            html.P(promise, className="sub"),
            html.Div(className="drop-zone", **also(data_drop_zone="")),
            html.P(className="drop-said", role="status", **also(aria_live="polite")),
            html.Div(className="drop-work", **also(data_drop_work="")),
        ],
        className="drop exhibit full",
        id="drop",
        **frame,
        **also(data_demo="yes" if demo else "no", data_open="yes" if scope.local() else "no"),
    )
