"""Text in cells of CSV files and workbooks that a spreadsheet program shows and never runs: one rule for all that is written."""

STARTS = tuple("=+-@\t\r\n＝＋－＠")
"""First characters that make a spreadsheet run a cell as a formula, full-width twins included."""


def clean(text: str) -> str:
    """Text without control characters and half surrogates, which neither UTF-8 nor a workbook can hold."""
    if text.isprintable():
        return text  # nearly every text: neither control characters nor surrogates are printable
    return "".join(c for c in text if c in "\t\n\r" or ord(c) >= 32).encode("utf-8", "replace").decode("utf-8")


def safe(text: str) -> str:
    """A cell of CSV: an apostrophe in front of what would be taken for a formula."""
    kept = clean(text)
    return f"'{kept}" if kept.lstrip(" \u00a0").startswith(STARTS) else kept
