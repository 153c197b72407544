"""Who gets in where on LANE-01: every endpoint, every kind of person.

`y` gets in.  `n` is in sight and not allowed: 403.  `-` is out of sight: 404, as what does not
exist.  `r` must say why first (a safeguarding lead): a GET leads there, a POST is 403.  `.` is
public.  One row of matrix.txt is one endpoint, whatever its methods.

Amira and Ben are on the case; Dana and Dev manage their teams.  Bella is in Ben's team and not on
the case.  Elif is Northside's safeguarding lead and has given no reason.  Hana chairs the one
meeting, is invited to it and no more.  Farah is the administrator.  Gus works for both agencies
(gus-n, gus-e) and not on the case.  Colm has every right there is, and is excluded.
"""

from pathlib import Path

PEOPLE = (
    ("amira", "Amira", None),
    ("ben", "Ben", None),
    ("bella", "Bella", None),
    ("dana", "Dana", None),
    ("dev", "Dev", None),
    ("elif", "Elif", None),
    ("hana", "Hana", None),
    ("farah", "Farah", None),
    ("gus-n", "Gus", None),
    ("gus-e", "Gus", "Eastway"),
    ("colm", "Colm", None),
)

TABLE = Path(__file__).with_suffix(".txt")


def rows() -> dict[str, dict[str, str]]:
    """Return the table: endpoint → person → letter."""
    head, *lines = TABLE.read_text(encoding="utf-8").splitlines()
    names = head.split()
    assert names == [name for name, _, _ in PEOPLE]
    table: dict[str, dict[str, str]] = {}
    for line in lines:
        endpoint, *letters = line.split()
        assert endpoint not in table, f"{endpoint} stands there twice"
        table[endpoint] = dict(zip(names, letters, strict=True))
    return table
