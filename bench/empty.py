"""The baseline of bench.first_page: an empty Dash page with one chart, as Dash makes it."""

from dash import Dash, dcc

app = Dash(__name__)
app.layout = dcc.Graph(figure={"data": [{"x": [2023, 2024, 2025], "y": [24.9, 20.4, 19.4], "type": "scatter"}], "layout": {}})
server = app.server
