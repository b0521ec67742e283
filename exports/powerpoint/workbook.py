"""The workbook behind a chart: columns that a person understands under "Edit Data", with what the chart draws and no more."""

import datetime
import io
from dataclasses import dataclass, field
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from exports.powerpoint.text import short

NAME = "Data"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LONGEST = 120
EPOCH = datetime.datetime(2000, 1, 1)


class Formula(NamedTuple):
    """A cell that follows another one when a reader edits it: one of our own formulas, with its present value."""

    formula: str
    value: float | str


Cell = float | int | str | Formula | None


@dataclass
class Workbook:
    """Columns with a head each, all beginning in row 2."""

    heads: list[str] = field(default_factory=list)
    columns: list[list[Cell]] = field(default_factory=list)

    def add(self, head: str, values: list) -> int:
        """A column; its number. Heads are made unlike each other, since a table's must be."""
        wanted, count = short(head, 60) or " ", 1
        name = wanted
        while name in self.heads:
            count += 1
            name = f"{wanted} ({count})"
        self.heads.append(name)
        self.columns.append([_cell(v) for v in values])
        return len(self.heads) - 1

    def ref(self, column: int) -> str:
        """The address of a column's cells."""
        letter = xl_col_to_name(column, True)
        return f"{NAME}!{letter}$2:{letter}${len(self.columns[column]) + 1}"

    def head_ref(self, column: int) -> str:
        return f"{NAME}!{xl_col_to_name(column, True)}$1"

    def values(self, column: int) -> list[float | int | str | None]:
        """What the cells show: the value of a formula, not its text."""
        return [c.value if isinstance(c, Formula) else c for c in self.columns[column]]

    def bytes(self) -> bytes:
        """The file. The same for the same columns: xlsxwriter writes no clock but the one of the properties."""
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out, OPTIONS)
        book.set_properties({"created": EPOCH})
        sheet = book.add_worksheet(NAME)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for i, (head, cells) in enumerate(zip(self.heads, self.columns, strict=True)):
            sheet.write_string(0, i, head, bold)
            for row, cell in enumerate(cells, 1):
                if isinstance(cell, Formula):
                    sheet.write_formula(row, i, cell.formula, None, cell.value)  # type: ignore[arg-type]
                elif isinstance(cell, str):
                    sheet.write_string(row, i, cell)
                elif cell is not None:
                    sheet.write_number(row, i, cell)
        sheet.set_column(0, 0, 32)
        sheet.set_column(1, max(1, len(self.heads) - 1), 14)
        sheet.freeze_panes(1, 0)
        book.close()
        return out.getvalue()


def letter(column: int) -> str:
    """The letter of a column: 0 is A."""
    return xl_col_to_name(column)


def _cell(value: Cell) -> Cell:
    """Numbers without the dust of floating point, text that a workbook can hold."""
    if isinstance(value, str):
        return short(value, LONGEST)
    if isinstance(value, Formula):
        return value if isinstance(value.value, str) else Formula(value.formula, round(value.value, 6))
    if value is None:
        return None
    return value if isinstance(value, int) else round(float(value), 6)
