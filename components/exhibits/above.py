"""Which places a place's page sets beside it: the next published level above, and the state."""

from data import registry


def above(place: dict) -> list[str]:
    """The district of a school or the county of a district, and the state; nothing above the state."""
    up = {"school": [place.get("district")], "district": [f"{place['county']}000000000000" if place.get("county") else None]}
    found = [e for e in up.get(place["level"], []) if e]
    return found if place["level"] == "state" else [*found, registry.STATE]
