"""Builds the Dash app and exposes `server` for gunicorn, waitress and tests. Nothing else."""

import sys

from dash import Dash

from components import shell
from server import fit, selfcheck, squeeze

INDEX = """<!DOCTYPE html>
<html lang="en">
    <head>
        {%metas%}
        <title>{%title%}</title>
        {%favicon%}
        <link rel="preload" href="/assets/fonts/public-sans-5.3.0-400.woff2" as="font" type="font/woff2" crossorigin>
        <link rel="preload" href="/assets/fonts/public-sans-5.3.0-700.woff2" as="font" type="font/woff2" crossorigin>
        {%css%}
    </head>
    <body>
        {%app_entry%}
        <noscript>This dashboard draws its pages with JavaScript. Numbers without it: /export/compare.csv</noscript>
        {%config%}
        {%scripts%}
        {%renderer%}
    </body>
</html>
"""


def create() -> Dash:
    """The app, wired, checked and warm. Raises selfcheck.Unsafe when it must not start."""
    selfcheck.environment()
    app = Dash(
        "app",
        title="R-TAC Dashboard",
        use_pages=True,
        suppress_callback_exceptions=True,
        serve_locally=True,
        enable_mcp=False,
        index_string=INDEX,
        update_title="",
        include_pages_meta=False,
        add_log_handler=False,
    )
    app.layout = shell.layout
    fit(app)
    _warm(app)
    selfcheck.callbacks(app)
    return app


def _warm(app: Dash) -> None:
    """One request inside the process: Dash ends its set-up with the first, and threads must not race it (plotly/dash#3971)."""
    app.server.test_client().get("/health")
    with app.server.test_request_context("/"):
        squeeze.warm(app.server, app.index())


try:
    app = create()
except selfcheck.Unsafe as refusal:
    sys.exit(str(refusal))
server = app.server

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8050)
