"""How a table leaves as CSV: for spreadsheets, and harmless in them."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence

# What a spreadsheet would take for a formula, or skip on its way to one (ASVS v5.0.0-1.2.10).
DANGEROUS = tuple("=+-@\t\r\n\0＝＋－＠")


def csv_cell(text: str) -> str:
    """Return a text as a cell that no spreadsheet runs."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def csv_file(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return the whole file (RFC 4180), with the mark by which spreadsheets know UTF-8."""
    return b"".join(csv_parts(head, [rows]))


def csv_parts(head: Sequence[str], parts: Iterable[Iterable[Sequence[str]]]) -> Iterator[bytes]:
    """Yield the file as it grows: its mark and head, then each part's rows as they are read."""
    yield codecs.BOM_UTF8 + _written([head])
    for rows in parts:
        yield _written(rows)


def _written(rows: Iterable[Sequence[str]]) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([csv_cell(text) for text in row] for row in rows)
    return file.getvalue().encode()
