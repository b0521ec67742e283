"""What stands about the exhibits of a file: page, query, build, and whether the numbers are invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class About:
    page: str
    query: tuple[tuple[str, str], ...]
    build: str
    made: str
    demonstration: bool
