"""A slide: an exhibit as it stands in a file, where it lives on the site, and what its reader changed about it."""

from dataclasses import dataclass

from components.exhibit import Shown
from components.i18n import _


@dataclass(frozen=True)
class Slide:
    """`link`: path and query of the exhibit's page with the build pinned; `title` and `note`: the reader's own, or "".

    Writers take `headline`, never `shown.headline`: a title that a reader edited stands in every format.
    """

    shown: Shown
    link: str = ""
    title: str = ""
    note: str = ""

    @property
    def headline(self) -> str:
        return self.title or self.shown.headline

    @property
    def marks(self) -> tuple[str, ...]:
        """What must stand beside the numbers wherever they go: that they are provisional or derived, and what is not drawn. Sentences."""
        frame = self.shown.frame
        derived = "status" in frame.columns and "derived" in set(frame["status"].astype(str))
        said = (_("Derived: worked out here from published county totals, not published by CDE."),) if derived else ()
        undrawn = " ".join(self.shown.extra.get("undrawn", ()))
        return (*((_("Provisional, not official."),) if self.shown.provisional else ()), *said, *([undrawn] if undrawn else []))
