"""What stands about the slides of a file: page, query, build, occasion, and whether the numbers are invented."""

from dataclasses import dataclass

from components.i18n import _


@dataclass(frozen=True)
class About:
    """`title`: of the page or deck; `made`: ISO time of the build; `site`: scheme and host before every link.

    `newer`: a sentence with the way to the current numbers where a newer build is published, else "". `occasion` and `day`: what
    the reader wrote about the meeting; `shape`: one of SHAPES; `logo`: a PNG or JPEG, checked, or b"".
    """

    page: str
    query: tuple[tuple[str, str], ...]
    build: str
    made: str
    demonstration: bool
    title: str = ""
    site: str = ""
    newer: str = ""
    occasion: str = ""
    day: str = ""
    shape: str = "wide"
    logo: bytes = b""

    @property
    def banner(self) -> str:
        """What every page, slide and sheet of invented numbers says, else ""."""
        return _("Demonstration data. Not real schools.") if self.demonstration else ""


SHAPES = {"wide": "16:9", "classic": "4:3", "social": "1.91:1"}
"""The shapes of a slide or picture, as a query names them."""
