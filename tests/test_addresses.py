"""The stop before an address goes where others read it, and the search for one that got through."""

import base64
import html
from urllib.parse import quote, quote_plus

import pytest

import asking
import gathering
import records
import routes
from casework import ADD, add_to_case, choice
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.entries import EntryReader
from coordinator.models.safe_contacts import SafeContact
from coordinator.models.sharing import Note
from coordinator.services.addresses import looks_like_one
from coordinator.vocabulary import Level, Notice
from filling import offered
from page import Client
from sharing_writer import account_id
from signing_in import PASSWORD
from test_safe_contacts import ADDRESS, HOW, add

STOPPED = "Take the address out"
NAMED = "Take this out: it stands under Safe contact"
# The ways in which a number and a postcode are written.
PHONES = ("+447700900123", "07700900123", "07700 900123", "07700 900 123", "+44 7700 900123")
SECRETS = (
    ADDRESS,
    "Quartz Lane",
    "Heron Cottage",
    "QX7 7XQ",
    "QX77XQ",
    "you are the library",
    *PHONES,
)


@pytest.mark.parametrize(
    "text",
    [
        "EX4 3QJ",
        "She is at ex43qj now",
        "M1-1AE",
        "sw1a 2aa",
        "12 Rose Lane",
        "Flat 2, 14 St Mary’s road",
        "3 Oak Drive",
        "7b Old Mill Close",
    ],
)
def test_a_postcode_or_a_street_with_its_number_looks_like_an_address(text):
    assert looks_like_one(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ring 01632 960 501 after 4pm",
        "30 minutes by the way",
        "We spoke 2 times, on the road",
        "LANE-01 and MILL-02",
        "Leo is 6 and lives in a terrace",
        "In room B12 at 3 or 4pm",
        "Canary-4711 in the cellar",
    ],
)
def test_what_people_write_in_notes_does_not(text):
    assert not looks_like_one(text)


def test_an_address_in_a_note_is_stopped_whether_or_not_there_is_a_safe_contact(
    amira, ben, bella, world
):
    """Threats 2: for everybody alike, so that the refusal tells nobody that there is one."""
    without = note(ben, f"She moved to {ADDRESS}")
    add(amira, world)
    with_one = note(ben, f"She moved to {ADDRESS}")
    for page in (without, with_one):
        assert page.status == 422
        assert page.errors["text"].startswith(STOPPED)
        assert page.field("text") == f"She moved to {ADDRESS}"
    assert with_one.errors == without.errors
    assert world.count(Note) == 0


def note(client, text):
    return client.submit(client.get(ADD), {"text": text})


@pytest.mark.parametrize("text", ["heron  COTTAGE", "call 07700-900 123", "+44 (0)7700 900123"])
def test_its_very_words_stop_whoever_is_named_for_it_however_they_are_written(
    amira, paula, ben, world, text
):
    add_to_case(world, "Paula")
    add(amira, world, "Paula")
    for client in (amira, paula):
        assert note(client, f"About {text}").errors["text"].startswith(NAMED)
    assert note(ben, f"About {text}").status == 200


def test_a_contact_a_meeting_place_and_the_plan_take_no_address_either(amira, ben, world):
    page = amira.get("/families/LANE-01/contacts/log")
    page = amira.submit(
        page,
        {
            "whom": choice(page, "whom", "Ben"),
            "mechanism": "02",
            "outcome": "reached",
            "line": "She is at 7 Quartz Lane",
        },
    )
    assert page.errors["line"].startswith(STOPPED)
    assert world.count(ContactAttempt) == 0
    page = amira.post("/families/LANE-01/plan/start", {})
    page = amira.submit(
        amira.get("/families/LANE-01/plan/what-helps/add"), {"text": "Come to QX7 7XQ"}
    )
    assert page.errors["text"].startswith(STOPPED)


def test_no_invitation_carries_a_safe_address(amira, world):
    """Threats 2 and 16: a meeting place is a listed site, or a name without an address."""
    add(amira, world)
    for place in ("7 Quartz Lane", "Heron Cottage", "By QX77XQ"):
        page = gathering.arrange(amira, place="elsewhere", site="", place_text=place)
        assert page.status == 422
        assert page.errors["place_text"].startswith("Take ")
    assert not gathering.waiting(world)


def test_a_request_for_information_and_its_answer_take_no_address(amira, ben, world):
    page = asking.ask(ben, what="Is she at 7 Quartz Lane?")
    assert page.errors["what"].startswith(STOPPED)
    page = asking.ask(ben)
    answer = amira.get(f"{page.path}/answer")
    page = amira.submit(answer, {**asking.SUMMARY, "text": "She is at QX7 7XQ"})
    assert page.errors["text"].startswith(STOPPED)


@pytest.mark.parametrize(
    ("name", "path", "field", "also"),
    [
        ("Dana", "/families/LANE-01/exclusions/add?q=Gus", "reason", {"account": 0}),
        ("Ben", "/notices/{note}/open", "reason", {"danger": 0, "password": PASSWORD}),
        ("Amira", "/families/LANE-01/ask", "why", {"team": 1}),
        ("Elif", "/families/LANE-01/reason", "reason", {}),
        ("Amira", "/families/LANE-01/people/add", "own_words", {"name": "Ada", "relation": 0}),
        ("Cerys", "/families/open", "children_why_not", {"name": "Ada Reed", "children_asked": 1}),
    ],
)
def test_what_only_some_will_read_takes_no_address_either(name, path, field, also, demo_app, world):
    """Threats 2: reasons, and why not: whoever reads them is not named for a safe contact."""
    held = asking.hold(world, "Amira", Level.OWN_AGENCY)
    client = Client(demo_app).sign_in(name)
    page = client.get(path.format(note=held))
    chosen = {
        key: (offered(page.forms[-1], key) or [])[value] if isinstance(value, int) else value
        for key, value in also.items()
    }
    page = client.submit(page, {**chosen, field: "Nate lives at 12 Rose Lane"})
    assert page.status == 422
    assert page.errors[field].startswith(STOPPED)


def spelled(secret):
    """Return the ways in which a secret may stand in an output."""
    text = secret.encode()
    ways = {secret, html.escape(secret), quote(secret), quote_plus(secret)}
    return ways | {base64.b64encode(text[start:]).decode()[4:-4] for start in range(3)} - {""}


PEOPLE = ("Amira", "Ben", "Bella", "Dana", "Dev", "Elif", "Esi", "Hana", "Farah", "Gus", "Paula")


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.in_turn
def test_nothing_of_a_safe_contact_stands_on_any_page_but_its_own(
    name, demo_app, world, connection
):
    """Threats 2: 0 hits in all outputs of every route but for those who are named."""
    references = safe_world(world)
    client = Client(demo_app, checked=False).sign_in(name)
    ways = {way for secret in SECRETS for way in spelled(secret) if len(way) > 5}
    shown = set()
    for rule in routes.rules(demo_app):
        if rule.endpoint == "static":
            continue
        path = routes.address(demo_app, rule, references)
        for method in sorted(routes.methods(rule)):
            data = {"csrf_token": client.csrf_token()} if method == "POST" else None
            with client.unchanged(), connection.begin_nested() as savepoint:
                page = client.open(method, path, follow=False, data=data)
                savepoint.rollback()
            out = page.html + str(page.headers)
            shown |= {rule.endpoint for way in ways if way in out}
    assert shown == ({"safe_contacts.show"} if name in ("Amira", "Ben") else set())


@pytest.mark.parametrize("name", ["Amira", "Ben", "Dana", "Paula"])
@pytest.mark.in_turn
def test_no_page_of_entries_or_notices_shows_a_safe_contact(name, demo_app, world, connection):
    """Threats 2: what opens any entry by its reference shows no word of this one."""
    references = safe_world(world)
    references |= dict.fromkeys(("entry", "notice"), references["safe_contact"])
    client = Client(demo_app, checked=False).sign_in(name)
    ways = {way for secret in SECRETS for way in spelled(secret) if len(way) > 5}
    for rule in routes.rules(demo_app):
        if routes.record_of(rule) not in ("entry", "notice"):
            continue
        path = routes.address(demo_app, rule, references)
        for method in sorted(routes.methods(rule)):
            data = {"csrf_token": client.csrf_token()} if method == "POST" else None
            with client.unchanged(), connection.begin_nested() as savepoint:
                page = client.open(method, path, follow=False, data=data)
                savepoint.rollback()
            assert page.status < 500, path
            assert not [way for way in ways if way in page.html], path


def safe_world(world):
    """Give one record of each noun, and a safe contact by Amira for Ben, with a notice to all."""
    with world.session() as session:
        found = records.build(session, world.moment, world.family)
        writer = records.Writer.of(session, world.moment, world.family)
        safe = writer.add(
            SafeContact,
            "Amira",
            Level.SAFE_CONTACT,
            notice=Notice.EVERYONE,
            person_id=writer.first_person(),
            how=HOW,
            never=HOW,
            phone="+447700900123",
            address=ADDRESS,
        )
        session.add(EntryReader(entry_id=safe.id, account_id=account_id(session, "Ben")))
    return found | {"safe_contact": safe.reference}


def test_no_mail_and_no_calendar_carries_anything_of_it(amira, ben, world):
    """Threats 2 and 4: nothing of it goes out by any message."""
    add(amira, world, "Ben")
    gathering.arrange(amira)
    letters = [gathering.letter(world, message) for message in gathering.waiting(world)]
    assert letters
    for letter in letters:
        parts = [part.get_payload(decode=True) or b"" for part in letter.message.walk()]
        told = f"{letter.message}{b''.join(parts).decode()}"
        assert not [way for secret in SECRETS for way in spelled(secret) if way in told]
