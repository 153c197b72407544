"""The two-way openness record: what the parent was told, what not yet, and what she said."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from casework import SHARING, write
from coordinator.models.openness import Openness
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import EventKind

HOME = "/families/LANE-01/openness"
NOT_YET = "Parent not yet told how we share"


def add(client, kind, **values):
    page = client.get(f"{HOME}/add/{kind}")
    return client.submit(page, values)


def parts(name, day):
    """Return a day as the three fields that ask for it."""
    numbers = (("day", day.day), ("month", day.month), ("year", day.year))
    return {f"{name}-{part}": str(number) for part, number in numbers}


def not_told(client, world, **more):
    return add(
        client,
        "not-told",
        **{
            "what": "Nate’s visit on Monday",
            "why": "Not safe while he reads her post",
            **parts("review_on", world.moment.today + timedelta(days=7)),
            **more,
        },
    )


def follow(client, page, words):
    """Open the first link whose words begin like this."""
    return client.get(next(href for text, href in page.links.items() if text.startswith(words)))


def newest(world):
    with world.session() as session:
        return session.scalars(select(Openness).order_by(Openness.id.desc()).limit(1)).one()


def review_is(world, days):
    """Set the day of review so many days from today."""
    with world.does("Amira") as (session, _actor):
        line = session.scalars(select(Openness).order_by(Openness.id.desc()).limit(1)).one()
        line.review_on = world.moment.today + timedelta(days=days)


def test_until_it_is_explained_how_we_share_every_page_about_sharing_says_so(amira, ben):
    """P04: no explanation date: the family's page, Sharing and the reminder list say so."""
    for client in (amira, ben):
        for path in ("/families/LANE-01", SHARING, HOME, "/today"):
            assert NOT_YET in client.get(path).text, path
    page = amira.click(amira.get("/families/LANE-01"), "Say when it was explained")
    page = amira.submit(page, {"what": "Ben and I together; the sheet was left with Kim"})
    assert page.path == HOME
    assert "by Amira, Northside Mental Health" in page.text
    for client in (amira, ben):
        for path in ("/families/LANE-01", SHARING, HOME, "/today"):
            assert NOT_YET not in client.get(path).text, path


def test_the_day_of_the_explanation_cannot_be_to_come(amira, world):
    page = add(amira, "explained", happened_on=world.moment.today + timedelta(days=1))
    assert page.status == 422
    assert page.errors == {"happened_on": "The day must be today or earlier"}


def test_a_manager_is_not_asked_to_explain_it(dana, farah):
    assert NOT_YET not in dana.get("/today").text
    assert NOT_YET in dana.get(SHARING).text
    assert NOT_YET not in farah.get("/today").text


def test_the_sheet_names_the_workers_and_says_what_is_passed_on(amira, dana):
    """P04, D07: who works together; always, sometimes, never; how to ask what has been shared."""
    for client in (amira, dana):
        page = client.get(f"{HOME}/sheet")
        for said in (
            "Amira, care coordinator, Northside Mental Health: 01632",
            "Ben, social worker, Eastway Children’s Services: 01632",
            "What we always pass on",
            "What we sometimes pass on",
            "What we never pass on",
            "Ask any of us what has been shared about you",
        ):
            assert said in page.text
        handed_over = page.soup.select_one(".co-handout").get_text()
        assert "Kim" not in handed_over
        assert "diagnos" not in handed_over.lower()


def test_what_the_parent_was_told_stands_with_her_view_for_both_agencies(amira, ben):
    """S23: what we have told you."""
    add(amira, "told", what="That Ben comes to the review", parent_view="Fine, if he listens")
    page = ben.get(HOME)
    assert "That Ben comes to the review" in page.text
    assert "Fine, if he listens" in page.text


def test_a_line_for_ones_own_agency_leaves_a_notice_to_the_other(amira, ben, dana):
    add(amira, "told", what="Her new tablets", level="own-agency")
    assert "Her new tablets" in dana.get(HOME).text
    assert "Her new tablets" not in ben.get(HOME).text
    assert "Held back: What the parent was told" in ben.get(SHARING).text


@pytest.mark.parametrize(
    ("left_out", "field"),
    [
        ({"why": None}, "why"),
        ({"what": None}, "what"),
        ({"review_on-day": "", "review_on-month": "", "review_on-year": ""}, "review_on"),
    ],
)
def test_not_telling_the_parent_needs_a_reason_and_a_day(amira, world, left_out, field):
    """D06: holding back is also a decision."""
    page = not_told(amira, world, **left_out)
    assert page.status == 422
    assert list(page.errors) == [field]
    assert world.count(Openness) == 0


def test_the_day_of_review_is_later_than_today(amira, world):
    page = not_told(amira, world, **parts("review_on", world.moment.today))
    assert page.errors == {"review_on": "The day must be later than today"}


def test_on_the_day_of_review_its_author_is_asked_again_and_nobody_else(amira, ben, world):
    """S23: when the review date comes, he is asked again."""
    not_told(ben, world)
    assert "has the parent been told?" not in ben.get("/today").text
    review_is(world, 0)
    page = ben.get("/today")
    assert "Ask yourself again: has the parent been told?" in page.text
    assert "Nate’s visit on Monday" in page.text
    assert "has the parent been told?" not in amira.get("/today").text
    review_is(world, -1)
    assert "Late" in ben.get("/today").text


def test_who_is_still_not_told_is_thought_of_again_on_another_day(ben, world):
    """S23; the earlier reason stays among the versions."""
    not_told(ben, world)
    review_is(world, 0)
    page = follow(ben, ben.get("/today"), "Ask yourself again")
    refused = ben.submit(page, {"answer": "not-yet"})
    assert set(refused.errors) == {"why", "review_on"}
    later = world.moment.today + timedelta(days=9)
    ben.submit(refused, {"answer": "not-yet", "why": "He still does", "review_on": later})
    assert "has the parent been told?" not in ben.get("/today").text
    assert "He still does" in ben.get(HOME).text
    assert newest(world).review_on == later


def test_the_parents_copy_omits_what_she_is_not_told_until_she_is(ben, amira, world):
    """S23: the parent copy omits it until then; D06."""
    not_told(ben, world)
    add(ben, "told", what="Only my agency’s", level="own-agency")
    for client in (ben, amira):
        assert "Nate’s visit" not in client.get(f"{HOME}/copy").text
        assert "Not safe while" not in client.get(f"{HOME}/copy").text
    page = ben.get(f"/openness/{reference_of(world, 'Nate')}/settle")
    ben.submit(page, {"answer": "told", "on": world.moment.today, "words": "She knew already"})
    copy = ben.get(f"{HOME}/copy").text
    assert "Nate’s visit on Monday" in copy
    assert "She knew already" in copy
    assert "Not safe while" not in copy
    assert "Only my agency’s" not in copy
    assert "Told since: She knew already" in amira.get(HOME).text


def reference_of(world, words):
    with world.session() as session:
        return session.scalars(
            select(Openness.reference).where(Openness.what.startswith(words))
        ).one()


def test_what_was_told_at_last_cannot_be_settled_twice(ben, world):
    not_told(ben, world)
    page = ben.get(f"/openness/{newest(world).reference}/settle")
    told = {"answer": "told", "on": world.moment.today, "words": "She knew"}
    ben.submit(page, told)
    again = ben.submit(page, told, tampered={"form_key": "another"})
    assert again.status == 422
    assert "This is settled already" in again.text
    assert newest(world).settled == "She knew"


def test_the_audit_says_that_the_parent_was_not_told_and_never_why(ben, dev, world):
    """S23: the trail holds no content; the reason stands in the record, which its reader finds."""
    not_told(ben, world)
    with world.session() as session:
        event = session.scalars(
            select(TrailEvent).where(TrailEvent.kind == EventKind.SHARING)
        ).one()
    assert event.outcome == "not-told"
    assert '"why"' in event.fields
    assert "post" not in str(vars(event))
    page = dev.get("/audit?kinds=sharing")
    assert "wrote down that the parent is not told yet; the reason stands there" in page.text
    assert "Not safe while he reads her post" in dev.get(HOME).text


def test_what_the_parent_chose_not_to_say_stands_on_that_page_and_nowhere_else(amira, ben):
    """S23: no penalty: no count, no tag, nothing on any other page."""
    paths = ("/families/LANE-01", SHARING, "/today", "/families", f"{HOME}/copy")
    before = [ben.get(path).text for path in paths]
    add(amira, "chose-not-to-say", what="Her own father")
    assert "Her own father" in ben.get(HOME).text
    assert [ben.get(path).text for path in paths] == before


def test_help_seeking_is_shown_as_such_until_help_was_given(amira, ben, world):
    """D08: she asked for help: what help was given?"""
    add(amira, "asked-for-help", what="Somebody at night when Mia cries")
    page = ben.get(HOME)
    assert "What the parent told us, to get help" in page.text
    page = follow(ben, page, "What became of it?")
    ben.submit(page, {"answer": "helped", "words": "A night nurse twice a week"})
    assert "Help was given: A night nurse twice a week" in amira.get(HOME).text


def test_an_objection_is_read_by_both_agencies_and_can_be_withdrawn(amira, ben, world):
    add(amira, "objection", what="Nothing to her sister", happened_on=world.moment.today)
    page = ben.get(HOME)
    assert "Nothing to her sister" in page.text
    ben.submit(follow(ben, page, "The parent withdrew it"), {"words": "She made it up with her"})
    line = newest(world)
    assert (line.how_settled, line.settled) == ("withdrawn", "She made it up with her")
    assert line.settled_at is not None
    assert "Withdrawn by the parent" in amira.get(HOME).text


def test_only_a_lead_who_gave_a_reason_agrees_to_share_although_the_parent_objects(
    amira, ben, dana, elif_, world
):
    """Spec/sharing.md: an objection stops the sharing unless a lead agrees in writing."""
    add(amira, "objection", what="Nothing to the school", happened_on=world.moment.today)
    path = f"/openness/{newest(world).reference}/agree"
    for client in (amira, ben, dana):
        assert client.get(path).status == 403
        assert client.post(path, {"words": "I agree"}).status == 403
    asked = elif_.get(path)
    assert asked.path == "/families/LANE-01/reason"
    elif_.submit(asked, {"reason": "An objection to think through"})
    page = follow(elif_, elif_.get(HOME), "Agree to share")
    refused = elif_.submit(page, {"words": ""})
    assert refused.errors == {"words": "Write why you agree, and to what"}
    elif_.submit(refused, {"words": "The school must know who may collect Leo"})
    line = newest(world)
    assert (line.how_settled, line.settled_by_id) == ("lead-agreed", world.account_id("Elif"))
    assert "The school must know who may collect Leo (Elif" in ben.get(HOME).text


def test_a_line_can_name_a_note_that_only_its_readers_see_named(amira, ben, world):
    """S23: a shared concern is marked; who may not read the note is not told of it here."""
    write(amira, text="A worry about the stairs")
    page = amira.get(f"{HOME}/add/told")
    note = next(
        o["value"] for o in page.soup.select('select[name="about"] option') if "stairs" in o.text
    )
    amira.submit(page, {"what": "That I worry about the stairs", "about": note})
    assert "Note of" in amira.get(HOME).text
    theirs = ben.get(HOME).text
    assert "That I worry about the stairs" in theirs
    assert "Note of" not in theirs
    assert "stairs" not in ben.get(f"{HOME}/add/told").text


def test_a_kind_of_line_that_does_not_exist_is_not_found(amira):
    assert amira.get(f"{HOME}/add/nothing").status == 404
