"""What the parent says in her own words, for those whom she chose (I18)."""

import pytest
from sqlalchemy import select

from casework import SHARING, add_to_case, reader
from coordinator.models.accounts import Account
from coordinator.models.entries import EntryReader
from coordinator.models.openness import ParentsWords
from coordinator.models.sharing import Sharing

HOME = "/families/LANE-01/parents-words"
TEXT = "Leo came nine weeks early and nobody let me hold him"
WISH = "Ask me before you speak of it"


def add(client, *names, **values):
    page = client.get(f"{HOME}/add")
    chosen = [reader(page, name) for name in names]
    return client.submit(page, {"text": TEXT, "wish": WISH, "readers": chosen, **values})


def pages(client):
    paths = ("/families/LANE-01", SHARING, HOME, "/families/LANE-01/plan", "/today", "/audit")
    return "\n".join(client.get(path).html for path in paths)


@pytest.fixture
def paula_and_gus(world):
    add_to_case(world, "Paula")
    add_to_case(world, "Gus")


def test_only_those_whom_the_parent_chose_read_her_words(
    amira, paula, gus, ben, dana, dev, paula_and_gus
):
    """I18: Kim allows it for two only; when Ben opens the case it is not visible."""
    before = pages(ben).count("Held back")
    add(amira, "Paula")
    for client in (amira, paula):
        page = client.get(HOME)
        assert TEXT in page.text
        assert WISH in page.text
        assert "For Paula" in page.text
    for client in (gus, ben, dana, dev):
        assert TEXT not in pages(client)
    assert pages(ben).count("Held back") == before


def test_no_manager_and_no_lead_with_a_reason_reads_the_parents_words(amira, elif_, dana, world):
    add(amira)
    reason = elif_.get("/families/LANE-01/reason")
    elif_.submit(reason, {"reason": "To look at how the case goes"})
    for client in (elif_, dana):
        assert TEXT not in pages(client)
        assert client.get(f"/parents-words/{newest(world)}/readers").status == 404


def newest(world):
    with world.session() as session:
        return session.scalars(
            select(ParentsWords.reference).order_by(ParentsWords.id.desc())
        ).first()


def test_widening_records_the_date_and_the_wish(amira, ben, paula, paula_and_gus, world):
    """I18: when Kim widens it, date and wish are recorded."""
    add(amira, "Paula")
    page = amira.get(f"/parents-words/{newest(world)}/readers")
    both = [reader(page, "Paula"), reader(page, "Ben")]
    refused = amira.submit(page, {"readers": both})
    assert refused.errors == {"wish": "Write what the parent wishes"}
    amira.submit(refused, {"readers": both, "wish": "Ben may know it, too"})
    for client in (amira, ben, paula):
        page = client.get(HOME)
        assert TEXT in page.text
        assert "widened, as the parent wished: “Ben may know it, too”" in page.text
    with world.session() as session:
        assert session.scalars(select(Sharing.parent_view)).one() == "Ben may know it, too"


def test_what_the_parent_takes_back_is_read_no_longer(amira, paula, paula_and_gus, world):
    add(amira, "Paula")
    page = amira.get(f"/parents-words/{newest(world)}/readers")
    amira.submit(page, {"readers": [], "wish": "I want it for myself again"})
    assert TEXT not in pages(paula)
    assert world.count(EntryReader) == 0
    assert "narrowed, as the parent wished" in amira.get(HOME).text


def test_two_changes_at_once_lose_neither(amira, paula_and_gus, world):
    add(amira, "Paula")
    path = f"/parents-words/{newest(world)}/readers"
    mine, other = amira.get(path), amira.get(path)
    amira.submit(other, {"readers": [reader(other, "Gus")], "wish": "Gus instead"})
    page = amira.submit(mine, {"readers": [], "wish": "Nobody"})
    assert page.status == 409
    assert page.field("wish") == "Nobody"


def test_only_people_on_the_case_can_be_chosen(amira, world, bella):
    with world.session() as session:
        bellas = session.scalars(select(Account.reference).where(Account.name == "Bella")).one()
    page = amira.submit(amira.get(f"{HOME}/add"), {"text": TEXT}, tampered={"readers": [bellas]})
    assert page.status == 422
    assert "readers" in page.errors
    assert world.count(ParentsWords) == 0


def test_words_that_nobody_wrote_are_asked_for(amira, world):
    page = amira.submit(amira.get(f"{HOME}/add"), {"text": ""})
    assert page.errors == {"text": "Write what the parent says"}
    assert world.count(ParentsWords) == 0
