"""A figure read once into panels (panel.py): everything that is drawn comes from here.

It knows Plotly's dicts and no writer. Hover texts stay behind: only what a figure shows without a pointer is read.
"""

from dataclasses import replace
from typing import Any

from exports.powerpoint.panel import Axis, Ground, Note, Panel, Point, Rule, Series
from exports.powerpoint.text import lines_of, plain


def panels(figure: dict) -> list[Panel]:
    """The panels of a figure, in the order of their axes."""
    layout = figure["layout"]
    found: dict[str, Panel] = {}
    across: dict[str, str] = {}
    for key in sorted((k for k in layout if k.startswith("yaxis")), key=lambda k: int(k[5:] or 1)):
        y = layout[key]
        anchor = y.get("anchor", "x")
        across[key[5:]] = n = anchor[1:] if anchor.startswith("x") else ""
        x = layout.get(f"xaxis{n}", {})
        left, right = x.get("domain", (0, 1))
        low, high = y.get("domain", (0, 1))
        found[key[5:]] = Panel(_axis(x), _axis(y), (left, 1 - high, right, 1 - low))
    for trace in figure["data"]:
        found[trace.get("yaxis", "y")[1:]].traces.append(trace)
    for n, panel in found.items():
        panel.series = _series(panel.traces)
        panel.rules = [r for s in layout.get("shapes", ()) if _here(s, n, across) for r in _rule(s, layout)]
        panel.grounds = [_ground(s) for s in layout.get("shapes", ()) if s["type"] == "rect" and _here(s, n, across)]
        panel.notes = [_note(a) for a in layout.get("annotations", ()) if _here(a, n, across)]
    _titles(list(found.values()), layout)
    return list(found.values())


def _axis(of: dict) -> Axis:
    low, high = of.get("range") or (None, None)
    values = [float(v) for v in of.get("tickvals", ())]
    texts = list(of.get("ticktext", ())) or [f"{v:g}" for v in values]
    return Axis(
        low,
        high,
        {v: plain(t) for v, t in zip(values, texts, strict=True)},
        frozenset(v for v, t in zip(values, texts, strict=True) if str(t).startswith("<b>")),
        frozenset(v for v, t in zip(values, texts, strict=True) if "<br>" in str(t)),
        of.get("ticksuffix", ""),
        plain(of.get("title", {}).get("text", "")),
        of.get("type") == "log",
        of.get("visible", True),
    )


def _ref(of: dict, axis: str) -> str:
    return of.get(f"{axis}ref", axis)


def _here(of: dict, n: str, across: dict[str, str]) -> bool:
    """Whether a shape or annotation belongs to a panel: by its y axis, else by its x axis."""
    y, x = _ref(of, "y").split(" ")[0], _ref(of, "x").split(" ")[0]
    if y != "paper":
        return y == f"y{n}"
    return x != "paper" and x == f"x{across[n]}"


def _rule(shape: dict, layout: dict) -> list[Rule]:
    if shape["type"] != "line":
        return []
    axis = "x" if shape["x0"] == shape["x1"] else "y"
    at = shape[f"{axis}0"]
    named = [
        " ".join(lines_of(a["text"]))
        for a in layout.get("annotations", ())
        if a.get(axis) == at and _ref(a, axis).split(" ")[0] == _ref(shape, axis).split(" ")[0]
        and (_ref(a, "y") == "paper" or "domain" in _ref(a, "y") if axis == "x" else "domain" in _ref(a, "x"))
    ]  # fmt: skip
    line = shape.get("line", {})
    return [Rule(axis, float(at), named[0] if named else "", line.get("color", "#5b5b5b"), line.get("dash", "solid"))]


def _ground(shape: dict) -> Ground:
    whole = _ref(shape, "y") == "paper" or "domain" in _ref(shape, "y")
    y0, y1 = shape["y0"], shape["y1"]
    part = (min(y0, y1), max(y0, y1)) if whole else (0.0, 1.0)
    return Ground(shape["x0"], shape["x1"], None if whole else y0, None if whole else y1, shape.get("fillcolor", ""), part)


def _note(of: dict) -> Note:
    inside = _ref(of, "y") != "paper" and "domain" not in _ref(of, "y")
    data = _ref(of, "x") != "paper" and "domain" not in _ref(of, "x")
    text = str(of["text"])
    return Note(
        float(of["x"]) if data else None,
        float(of["y"]) if inside else None,
        lines_of(text),
        of.get("font", {}).get("color", "#1f2328"),
        text.startswith("<b>"),
        0.0 if inside else float(of.get("y", 0)),
        0.0 if data else float(of.get("x", 0)),
    )


def _titles(found: list[Panel], layout: dict) -> None:
    """Texts that hang on the paper alone name the panel below them, or stand in the empty panel that they lie in."""
    for of in layout.get("annotations", ()):
        if _ref(of, "x") != "paper" or _ref(of, "y") != "paper":
            continue
        x, y = float(of["x"]), 1 - float(of["y"])
        beside = [p for p in found if p.box[0] - 0.04 <= x < p.box[2]]
        inside = next((p for p in beside if p.box[1] + 0.001 < y < p.box[3]), None)
        below = min((p for p in beside if p.box[1] >= y - 0.001), key=lambda p: p.box[1], default=None)
        if inside:
            inside.notes.append(_note(of))
        elif below:
            below.title = below.title or plain(of["text"])


def _series(traces: list[dict]) -> list[Series]:
    """The series of a panel: runs of one name are one series with gaps, a filled band is the interval of the line in it."""
    out: list[Series] = []
    for trace in traces:
        if trace["type"] != "scatter" or trace.get("fill") or trace.get("mode") == "text":
            continue
        made = _one(trace)
        same = next((s for s in out if s.name and (s.name, s.color) == (made.name, made.color)), None)
        if same and same.dash == made.dash and not made.bars:
            same.points.extend([None, *made.points])
            joined = {"lines": same.lines or made.lines, "marks": same.marks or made.marks, "width": max(same.width, made.width)}
            out[out.index(same)] = replace(same, **joined)
        elif made.points:
            out.append(made)
    bands = [t for t in traces if t.get("fill") == "toself" and t.get("line", {}).get("width") == 0]
    strong = max(out, key=lambda s: s.width, default=None)
    if bands and strong:
        out[out.index(strong)] = _banded(strong, bands)
    return out


def _one(trace: dict) -> Series:
    mode, line = trace.get("mode", ""), trace.get("line", {})
    count = len(trace["x"])
    mark = trace.get("marker", {})
    edges = mark.get("line", {})
    errors = trace.get("error_x")
    many = {k: _spread(v, count) for k, v in {
        "fill": mark.get("color", ""), "edge": edges.get("color", mark.get("color", "")), "size": mark.get("size", 6),
        "symbol": mark.get("symbol", "circle"), "entity": trace.get("customdata", ""),
        "text": trace.get("text", "") if "text" in mode else "",
    }.items()}  # fmt: skip
    points: list[Point | None] = []
    for i, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        if x is None or y is None:
            points.append(None)
            continue
        low = x - errors["arrayminus"][i] if errors and errors["arrayminus"][i] else None
        high = x + errors["array"][i] if errors and errors["array"][i] else None
        if low is not None or high is not None:
            low, high = x if low is None else low, x if high is None else high
        points.append(Point(x, y, low, high, **{k: v[i] for k, v in many.items()}))
    color = line.get("color") or (many["edge"][0] if count else "")
    return Series(
        plain(trace.get("name", "")), points, "lines" in mode or _was_line(trace), "markers" in mode, color,
        float(line.get("width", 0)), line.get("dash", "solid"), bool(errors), bool(errors),
    )  # fmt: skip


def _was_line(trace: dict) -> bool:
    """A run of one point is drawn as a mark, and is still part of a line."""
    return trace.get("mode") == "markers" and "line" in trace


def _spread(value: Any, count: int) -> list:
    return list(value) if isinstance(value, (list, tuple)) else [value] * count


NONE = (None, None)


def _banded(of: Series, bands: list[dict]) -> Series:
    ends: dict[Any, tuple[float, float]] = {}
    for band in bands:
        half = len(band["x"]) // 2
        ends |= {band["x"][i]: (band["y"][-1 - i], band["y"][i]) for i in range(half)}
    points = [p and replace(p, lower=ends.get(p.x, NONE)[0], upper=ends.get(p.x, NONE)[1]) for p in of.points]
    return replace(of, points=points, bars=True)
