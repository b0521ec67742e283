"""The parts of a workbook (exports/xlsx_file.py): its columns, sheets and charts."""
