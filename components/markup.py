"""The attributes that Dash takes only under their hyphenated names (aria-label, data-copy)."""

from typing import Any


def also(**attributes: str) -> dict[str, Any]:
    """aria_label="x" -> {"aria-label": "x"}, to be unpacked into a component."""
    return {name.replace("_", "-"): value for name, value in attributes.items()}
