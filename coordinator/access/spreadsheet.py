"""How a table leaves as CSV: for spreadsheets, and harmless in them."""

import csv
import io
from collections.abc import Iterable, Sequence

# What a spreadsheet would take for a formula, or skip on its way to one (ASVS v5.0.0-1.2.10).
DANGEROUS = tuple("=+-@\t\r\n\0＝＋－＠")


def csv_cell(text: str) -> str:
    """Return a text as a cell that no spreadsheet runs."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def csv_file(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return the whole file (RFC 4180), with the mark by which spreadsheets know UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    for row in (head, *rows):
        writer.writerow([csv_cell(text) for text in row])
    return file.getvalue().encode("utf-8-sig")
