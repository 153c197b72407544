"""Safe contact: named readers, one page, a logged look, and nothing of it anywhere else."""

import pytest
from sqlalchemy import select

from casework import SHARING, add_to_case, reader
from coordinator.models.families import Person
from coordinator.models.safe_contacts import SafeContact
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import EventKind

HOME = "/families/LANE-01/safe-contacts"
ADDRESS = "Heron Cottage, 7 Quartz Lane, Dunmouth QX7 7XQ"
PHONE, SHOWN_PHONE = "07700 900123", "07700 900123"
HOW = "By text between ten and noon; say you are the library"


def person_of(world, name="Kim Lane"):
    with world.session() as session:
        return session.scalars(select(Person.reference).where(Person.name == name)).one()


def add(client, world, *names, **values):
    page = client.get(f"{HOME}/add")
    return client.submit(
        page,
        {
            "person": person_of(world),
            "how": HOW,
            "never": "Never the landline",
            "phone": PHONE,
            "address": ADDRESS,
            "readers": [reader(page, name) for name in names],
            **values,
        },
    )


def newest(world):
    with world.session() as session:
        return session.scalars(select(SafeContact).order_by(SafeContact.id.desc())).first()


def looks(world):
    with world.session() as session:
        return session.scalars(
            select(TrailEvent).where(
                TrailEvent.kind == EventKind.LOOK, TrailEvent.action == "safe-contacts.show"
            )
        ).all()


def test_a_named_reader_is_told_first_and_shows_it_with_one_logged_press(amira, ben, world):
    """S29, threats 2 and 4: asked for behind a logged "show"."""
    add(amira, world, "Ben")
    before = len(looks(world))
    for path in ("/families/LANE-01", "/families/LANE-01/people"):
        page = ben.get(path)
        heading = page.soup.select_one("h1").find_next("p")
        assert heading.get_text(" ", strip=True).startswith("Safe contact details of Kim Lane:")
        assert "Quartz" not in page.html
    assert len(looks(world)) == before
    page = ben.click(page, "show the safe contact details of Kim Lane")
    for words in (HOW, "Never the landline", ADDRESS, SHOWN_PHONE, "Named: Ben"):
        assert words in page.text
    look = looks(world)[-1]
    assert len(looks(world)) == before + 1
    assert (look.record_kind, look.record_ref) == ("safe-contact", newest(world).reference)
    assert look.actor_id == world.account_id("Ben")


def test_who_is_not_named_meets_the_same_pages_as_if_there_were_none(
    amira, ben, dana, paula, dev, world
):
    """Threats 2: no notice as usual, not for managers either."""
    add_to_case(world, "Paula")
    paths = ("/families/LANE-01", "/families/LANE-01/people", SHARING, HOME, "/today")
    others = (ben, dana, paula, dev)
    before = [client.get(path).body for client in others for path in paths]
    add(amira, world)
    assert [client.get(path).body for client in others for path in paths] == before
    for client in others:
        assert client.get(f"/safe-contacts/{newest(world).reference}").status == 404


def test_its_author_can_choose_that_the_agency_is_told_of_it(amira, paula, ben, world):
    add_to_case(world, "Paula")
    add(amira, world, notice="own-agency")
    assert "Held back: Safe contact" in paula.get(SHARING).text
    assert "Safe contact," not in ben.get(SHARING).text
    assert "Quartz" not in paula.get(SHARING).html


def test_a_lead_reads_it_after_a_reason_and_not_before(amira, elif_, world):
    """Spec/sharing.md: safe-contact, safeguarding lead of the own agency: R."""
    add(amira, world)
    path = f"/safe-contacts/{newest(world).reference}"
    assert elif_.get(path).status == 404
    elif_.submit(elif_.get("/families/LANE-01/reason"), {"reason": "A call from the police"})
    assert ADDRESS in elif_.get(path).text


def test_it_is_never_printed(amira, world):
    page = add(amira, world)
    words = page.soup.find(string=lambda text: text and "Quartz" in text)
    assert words.find_parent(class_="co-no-print")
    printed = page.soup.select_one(".co-print-only").get_text()
    assert printed == "Safe contact details are never printed."


def test_what_changes_is_written_anew_and_the_old_one_ends(amira, ben, world):
    add(amira, world, "Ben")
    old = newest(world).reference
    page = ben.click(ben.get(f"/safe-contacts/{old}"), "Write it anew")
    assert "Quartz" not in page.html
    assert "library" not in str(page.main)
    page = ben.submit(page, {"how": "Only through her sister"})
    assert page.path != f"/safe-contacts/{old}"
    for client in (amira, ben):
        assert "Only through her sister" in client.get(page.path).text
        ended = client.get(f"/safe-contacts/{old}")
        assert "This ended today" in ended.text
        assert "Do not use it any more" in ended.text
        assert old not in client.get("/families/LANE-01").html
        assert "Ended today" in client.get(HOME).text


def test_what_is_ended_cannot_be_replaced_or_ended_again(amira, world):
    page = add(amira, world)
    form = amira.get(f"{page.path}/replace")
    amira.submit(page, button="End it the safe contact of Kim Lane")
    again = amira.submit(form, {"how": "By post"})
    assert again.status == 422
    assert "This was ended already" in again.text
    assert world.count(SafeContact) == 1


def test_only_its_author_names_other_readers_and_says_why(amira, ben, gus, world):
    add_to_case(world, "Gus")
    page = add(amira, world, "Ben")
    path = f"{page.path}/readers"
    assert ben.get(path).status == 403
    form = amira.get(path)
    refused = amira.submit(form, {"readers": [reader(form, "Gus")]})
    assert refused.errors == {"reason": "Enter a reason"}
    amira.submit(refused, {"reason": "Ben has left the team"})
    assert ben.get(page.path).status == 404
    assert ADDRESS in gus.get(page.path).text
    assert "Ben has left the team" in gus.get(SHARING).text
    assert "Ben has left the team" not in ben.get(SHARING).text


def test_it_needs_a_way_to_reach_and_a_member_of_this_family(amira, world):
    page = amira.submit(amira.get(f"{HOME}/add"), {})
    assert set(page.errors) == {"person", "how"}
    wrong = amira.submit(amira.get(f"{HOME}/add"), {"how": HOW}, tampered={"person": ["ZZZZ99999"]})
    assert "person" in wrong.errors
    assert world.count(SafeContact) == 0


@pytest.mark.parametrize("name", ["amira", "ben"])
def test_a_phone_that_cannot_be_one_is_refused_and_nothing_typed_is_lost(name, request, world):
    client = request.getfixturevalue(name)
    page = add(client, world, phone="call me")
    assert page.status == 422
    assert list(page.errors) == ["phone"]
    assert page.field("address") == ADDRESS
