"""The one way in which the door of local data says no."""


class Refused(ValueError):
    """A travel document that does not come in. The text is a sentence and repeats nothing of the document."""
