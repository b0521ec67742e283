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
        """Sentences that must stand beside the numbers wherever they go: provisional, derived, and what is not drawn."""
        frame = self.shown.frame
        derived = "status" in frame.columns and "derived" in set(frame["status"].astype(str))
        said = {
            _("Provisional, not official."): self.shown.provisional,
            _("Provisional, not official: the numbers from the district’s own files."): self.shown.partly_own,
            _("Derived: worked out here from published county totals, not published by CDE."): derived,
            " ".join(self.shown.extra.get("undrawn", ())): "undrawn" in self.shown.extra,
        }
        return tuple(text for text, stands in said.items() if stands and text)
