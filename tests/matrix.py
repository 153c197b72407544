"""Who gets in where on LANE-01: every endpoint, every kind of person.

`y` gets in.  `n` is in sight and not allowed: 403.  `-` is out of sight: 404, as what does not
exist.  `r` must say why first (a safeguarding lead): a GET leads there, a POST is 403.  `.` is
public.  One row is one endpoint, whatever its methods.

Amira and Ben are on the case; Dana and Dev manage their teams.  Bella is in Ben's team and not on
the case.  Elif is Northside's safeguarding lead and has given no reason.  Hana chairs the one
meeting, is invited to it and no more.  Farah is the administrator.  Gus works for both agencies
(gus-n, gus-e) and not on the case.  Colm has every right there is, and is excluded.
"""

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

TABLE = """
                          amira ben  bella dana dev  elif hana farah gus-n gus-e colm
accounts.add                n    n    n    n    n    n    n    y    n    n    n
accounts.add_role           n    n    n    n    n    n    n    y    n    n    n
accounts.change             n    n    n    n    n    n    n    y    n    n    n
accounts.close              n    n    n    n    n    n    n    y    n    n    n
accounts.end_role           n    n    n    n    n    n    n    y    n    n    n
accounts.index              n    n    n    n    n    n    n    y    n    n    n
accounts.reopen             n    n    n    n    n    n    n    y    n    n    n
accounts.set_up_link        n    n    n    n    n    n    n    y    n    n    n
accounts.show               n    n    n    n    n    n    n    y    n    n    n
agencies.add                n    n    n    n    n    n    n    y    n    n    n
agencies.add_site           n    n    n    n    n    n    n    y    n    n    n
agencies.add_team           n    n    n    n    n    n    n    y    n    n    n
agencies.change             n    n    n    n    n    n    n    y    n    n    n
agencies.change_site        n    n    n    n    n    n    n    y    n    n    n
agencies.change_team        n    n    n    n    n    n    n    y    n    n    n
directory.agency            y    y    y    y    y    y    y    y    y    y    y
directory.confirm           n    n    n    n    n    y    n    n    n    n    n
directory.index             y    y    y    y    y    y    y    y    y    y    y
directory.safeguarding_lead y    y    y    y    y    y    y    y    y    y    y
directory.team              y    y    y    y    y    y    y    y    y    y    y
families.index              y    y    y    y    y    y    y    y    y    y    y
families.open_family        y    y    y    n    n    n    n    n    y    y    y
families.overview           y    y    -    y    y    r    -    -    -    -    -
front.accessibility         .    .    .    .    .    .    .    .    .    .    .
front.home                  .    .    .    .    .    .    .    .    .    .    .
posts.add                   n    n    n    n    n    n    n    y    n    n    n
posts.change                n    n    n    n    n    n    n    y    n    n    n
posts.deputy                n    n    n    n    n    n    n    y    n    n    n
posts.holder                n    n    n    n    n    n    n    y    n    n    n
sign_in.acting_for          y    y    y    y    y    y    y    y    y    y    y
sign_in.code                .    .    .    .    .    .    .    .    .    .    .
sign_in.enrol               .    .    .    .    .    .    .    .    .    .    .
sign_in.set_up              .    .    .    .    .    .    .    .    .    .    .
sign_in.sign_in             .    .    .    .    .    .    .    .    .    .    .
sign_in.sign_out            y    y    y    y    y    y    y    y    y    y    y
today.today                 y    y    y    y    y    y    y    y    y    y    y
"""


def rows() -> dict[str, dict[str, str]]:
    """Return the table: endpoint → person → letter."""
    head, *lines = TABLE.strip().splitlines()
    names = head.split()
    assert names == [name for name, _, _ in PEOPLE]
    table: dict[str, dict[str, str]] = {}
    for line in lines:
        endpoint, *letters = line.split()
        assert endpoint not in table, f"{endpoint} stands there twice"
        table[endpoint] = dict(zip(names, letters, strict=True))
    return table
