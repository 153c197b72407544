"""It arrives, too: whoever may see something gets to it in three clicks, by links that are there.

Spec/sharing.md, default visibility; assurance/noninterference: a wall that keeps everything from
everybody leaks nothing either.  What the product does not hold yet (a diagnosis, a child's view,
minutes, a decision log, comment slips, a guest's own part) has no row here.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

import pytest

import records
from coordinator.models.entries import EntryReader
from coordinator.models.information_requests import InformationAnswer
from coordinator.models.plans import RoleStatement
from coordinator.models.safe_contacts import SafeContact
from coordinator.models.sharing import Note
from coordinator.vocabulary import AnswerKind, CaseRole, Level, OpennessKind
from filling import form_values
from page import Client, Page
from sharing_writer import account_id
from test_oversight import give_reason

CLICKS = 3
TODAY, FAMILY = "/today", "/families/LANE-01"
# Leaving, and what is for other hands than a browser's.
NOT_WALKED = ("/sign-out", "/static", "/audit/download", "/demo")

PLAN = {
    "the household": ("Mia Lane", TODAY),
    "the plan": ("Eat together twice a week", TODAY),
    "actions": ("Ask the school about breakfast club", TODAY),
    "roles on the plan": ("I visit on Mondays", TODAY),
}
SHARED = PLAN | {
    "who works with them": ("Eastway Family Support", TODAY),
    "an invitation": ("Care plan review (CPA)", TODAY),
    "the contact log": ("About the school", TODAY),
    "what was asked": ("Is Leo safe at home?", TODAY),
    "what was answered": ("He is, and he says so", FAMILY),
    "what the parent was told": ("Not to her sister", FAMILY),
    "the directory": ("01632 960110", TODAY),
}
# Who, acting for whom, what they need, the words that must be seen, and where the walk begins.
NEEDS: dict[tuple[str, str | None], dict[str, tuple[str, str]]] = {
    ("Amira", None): SHARED
    | {
        "a note of our agency": ("Kim sleeps badly", TODAY),
        "a notice of the other agency's note": ("Ask Ben (Note", TODAY),
        "a notice of a therapy item": ("Ask Paula (Note", TODAY),
        "a safe contact for which I am named": ("Text before noon", FAMILY),
        "immediate danger": ("open one thing now", FAMILY),
    },
    ("Ben", None): SHARED
    | {
        "a note of our agency": ("The stairs have no gate", TODAY),
        "a notice of the other agency's note": ("Ask Amira (Note", TODAY),
        "my own safe contact": ("Text before noon", FAMILY),
    },
    ("Paula", None): PLAN | {"my own therapy item": ("A theme of ours", TODAY)},
    ("Cerys", None): PLAN
    | {
        "the contact log": ("About the school", TODAY),
        "an invitation": ("Care plan review (CPA)", TODAY),
    },
    ("Gus", None): PLAN | {"a note of the agency acted for": ("Kim sleeps badly", TODAY)},
    ("Gus", "Eastway"): PLAN
    | {
        "a note of the agency acted for": ("The stairs have no gate", TODAY),
        "a notice of the other one's note": ("Ask Amira (Note", TODAY),
    },
    ("Dana", None): SHARED
    | {
        "a note of my agency": ("Kim sleeps badly", TODAY),
        "who looked": ("Who looked at this family", TODAY),
        "who may not know": ("Who may not know of this family", TODAY),
        "who was contacted": ("You see what your own staff did", TODAY),
        "how requests are answered": ("Requests", TODAY),
    },
    ("Dev", None): SHARED | {"a note of my agency": ("The stairs have no gate", TODAY)},
    ("Elif", None): PLAN
    | {
        "a note of my agency": ("Kim sleeps badly", TODAY),
        "a therapy item": ("A theme of ours", TODAY),
        "the contact log": ("About the school", TODAY),
        "an invitation": ("Care plan review (CPA)", TODAY),
    },
    ("Hana", None): PLAN | {"an invitation": ("Care plan review (CPA)", TODAY)},
    ("Farah", None): {
        "the directory": ("01632 960110", TODAY),
        "accounts": ("Amira", TODAY),
        "the list of reasons": ("Working together for children", TODAY),
    },
    ("Petra", None): {
        "exclusions": ("Maeve", TODAY),
        "alerts about looks": ("Ben", TODAY),
        "sign-ins": ("Sign-ins", TODAY),
    },
    ("Bella", None): {
        "the directory": ("01632 960210", TODAY),
        "my safeguarding lead": ("Esi", TODAY),
        "is a family known": ("Date of birth", TODAY),
        "a request to my team": ("Two children live at home", TODAY),
    },
}


@pytest.fixture
def lane(world):
    """Write each of these things into LANE-01, by and for whom the matrix names."""
    with world.session() as session:
        records.build(session, world.moment, world.family)
        writer = records.Writer.of(session, world.moment, world.family)
        for name, role in (
            ("Paula", CaseRole.THERAPIST),
            ("Cerys", CaseRole.LINK_WORKER),
            ("Hana", CaseRole.CHAIR),
            ("Gus", CaseRole.CARE_COORDINATOR),
        ):
            writer.involve(name, role)
        writer.involve("Gus", CaseRole.SOCIAL_WORKER, team="Eastway Family Support")
        ben = account_id(session, "Ben")
        writer.add(
            RoleStatement, "Ben", account_id=ben, i_do="I visit on Mondays", i_do_not="Therapy"
        )
        writer.add(Note, "Amira", Level.OWN_AGENCY, text="Kim sleeps badly")
        writer.add(Note, "Ben", Level.OWN_AGENCY, text="The stairs have no gate")
        writer.add(Note, "Paula", Level.NAMED, text="A theme of ours")
        writer.openness("Amira", OpennessKind.TOLD, "That we share the plan")
        asked = writer.request("Amira", "Ben", "Is Leo well at school?")
        writer.add(
            InformationAnswer,
            "Ben",
            request_id=asked.id,
            answer=AnswerKind.FULL,
            text="He is, and he says so",
        )
        safe = writer.add(
            SafeContact,
            "Ben",
            Level.SAFE_CONTACT,
            person_id=writer.first_person(),
            how="Text before noon",
        )
        session.add(EntryReader(entry_id=safe.id, account_id=account_id(session, "Amira")))


@pytest.mark.in_turn
@pytest.mark.parametrize(("name", "agency"), NEEDS, ids=lambda part: str(part or ""))
def test_whoever_may_see_it_gets_to_it_in_three_clicks(name, agency, app, lane):
    """Issue 3, point 12: for each role and need of the matrix."""
    client = Client(app, checked=False).sign_in(name)
    if agency:
        client.act_for(agency)
    if name == "Elif":
        give_reason(client)
    missing = dict(NEEDS[name, agency])
    for start in (TODAY, FAMILY):
        for page in walk(client, start) if start in {at for _, at in missing.values()} else ():
            found = [n for n, (words, at) in missing.items() if at == start and words in page.text]
            for need in found:
                del missing[need]
            if start not in {at for _, at in missing.values()}:
                break
    assert missing == {}


def walk(client: Client, start: str) -> Iterator[Page]:
    """Yield each page within so many clicks of the start, the nearest first."""
    known, here = {start}, [start]
    for click in range(CLICKS + 1):
        there: list[str] = []
        for path in here:
            page = client.get(path)
            if page.status != 200 or "text/html" not in page.headers.get("Content-Type", ""):
                continue
            yield page
            if click < CLICKS:
                there += [step for step in steps(page) if step not in known]
                known.update(there)
        here = list(dict.fromkeys(there))


def steps(page: Page) -> Iterator[str]:
    """Yield where the links of a page lead, and its forms that ask and change nothing."""
    for link in page.soup.select("a[href]"):
        yield from inside(page, str(link["href"]))
    for form in page.soup.select("form"):
        if str(form.get("method", "get")).lower() == "get":
            query = urlencode(list(form_values(form).items(multi=True)))
            yield from inside(page, f"{form.get('action') or page.path}?{query}")


def inside(page: Page, href: str) -> Iterator[str]:
    """Yield an address of the product as it is opened; nothing for any other."""
    whole = urlsplit(urljoin(page.path, urldefrag(href).url))
    if not whole.scheme and not whole.netloc and not whole.path.startswith(NOT_WALKED):
        yield whole.geturl()
