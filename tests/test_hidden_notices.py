"""A lead is told where even the notice is hidden: when, by whom and why, never what it is."""

from casework import CANARY, add_to_case, reader, write
from records import Writer

HIDDEN = "/hidden-notices"
WHY = "It would put somebody at risk"


def hide(client, **values):
    return write(client, notice="nobody", why_hidden=WHY, **values)


def test_the_lead_of_the_authors_agency_is_told_without_the_content(amira, elif_, ewan):
    """D03, S32: the holder can hide even the notice, with reason, and a lead is told."""
    hide(amira)
    for client in (elif_, ewan):
        today = client.get("/today")
        assert "Read why even the notice is hidden" in today.text
        page = client.get(HIDDEN)
        for words in ("LANE-01", "Hidden by Amira", WHY):
            assert words in page.text
            assert words.removeprefix("Hidden by ") in today.text
        for read in (today, page):
            assert CANARY not in read.text
            assert "Kim" not in read.text


def test_no_lead_of_the_other_agency_is_told(amira, ben, esi, dev, elif_):
    hide(amira)
    for client in (esi, dev):
        assert WHY not in client.get("/today").text
        assert WHY not in client.get(HIDDEN).text
    hide(ben)
    assert WHY in esi.get(HIDDEN).text
    assert elif_.get(HIDDEN).text.count(WHY) == 1


def test_nobody_but_a_lead_opens_the_list(amira, ben, dana, hana, farah):
    for person in (amira, ben, dana, hana, farah):
        assert person.get(HIDDEN).status == 403


def test_what_leaves_a_notice_is_not_on_the_list(amira, elif_, world):
    add_to_case(world, "Gus")
    write(amira)
    write(amira, level="named", readers=[reader(amira.get("/families/LANE-01/notes/add"), "Gus")])
    page = elif_.get(HIDDEN)
    assert "Nobody in your agency hides a notice" in page.text
    assert "Read why" not in elif_.get("/today").text


def test_a_safe_contact_is_hidden_as_usual_and_is_on_no_list(amira, elif_, world):
    page = amira.get("/families/LANE-01/safe-contacts/add")
    person = next(
        o["value"] for o in page.soup.select('select[name="person"] option') if o["value"]
    )
    amira.submit(page, {"person": person, "how": "By text, in the morning"})
    assert "LANE-01" not in elif_.get(HIDDEN).text


def test_a_lead_who_may_not_know_the_family_is_not_told(amira, elif_, world):
    """E59: an exclusion comes before everything."""
    hide(amira)
    with world.session() as session:
        Writer.of(session, world.moment, "LANE-01").exclude("Elif")
    assert "LANE-01" not in elif_.get(HIDDEN).text
    assert WHY not in elif_.get("/today").text
