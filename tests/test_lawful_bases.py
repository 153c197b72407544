"""The list of reasons for sharing, in an area's own words."""

from __future__ import annotations

from casework import basis_named, level_page, write
from coordinator.vocabulary import BasisKind
from filling import words


def names(page):
    return [words(row) for row in page.main.select(".co-row__what")]


def test_the_list_begins_with_legal_obligation_and_public_task_and_ends_with_consent(farah):
    """E57: first values are there; consent is one entry and the last."""
    kinds = [words(row.span) for row in farah.get("/lawful-bases").main.select(".co-row__facts")]
    labels = [kind.label for kind in BasisKind]
    assert kinds == sorted(kinds, key=labels.index)
    assert (kinds[0], kinds[-1], kinds.count("Consent")) == ("Legal obligation", "Consent", 1)


def test_an_administrator_adds_changes_orders_and_retires_a_reason(farah, amira, world):
    """E57."""
    values = {
        "name": "Area protocol",
        "kind": "public-task",
        "sentence": "Both agencies agreed to plan together.",
        "source": "Protocol of 2026",
    }
    listed = farah.submit(farah.get("/lawful-bases/add"), values, button="Add it")
    assert "Protocol of 2026" in listed.text
    again = farah.submit(farah.get("/lawful-bases/add"), values, button="Add it")
    assert again.errors == {"name": "There is a reason with this name already"}
    place = names(listed).index("Area protocol")
    listed = farah.submit(listed, button="Move up Area protocol")
    assert names(listed).index("Area protocol") == place - 1
    write(amira)
    assert basis_named(level_page(amira, world), "Area protocol")
    listed = farah.submit(listed, button="Retire Area protocol")
    assert "Area protocol" not in level_page(amira, world).text
    farah.submit(listed, button="Bring back Area protocol")
    assert basis_named(level_page(amira, world), "Area protocol")


def test_two_administrators_do_not_undo_each_other_unseen(farah):
    """And what it said before stays readable (E57; issue 5, 11)."""
    page = farah.click(farah.get("/lawful-bases"), "Change Freely agreed")
    first = page.field("sentence")
    again = farah.click(farah.get("/lawful-bases"), "Change Freely agreed")
    farah.submit(again, {"sentence": "They said yes."}, button="Save the change")
    late = farah.submit(page, {"sentence": "They agreed."}, button="Save the change")
    assert late.status == 409
    assert "They said yes." in late.text
    assert late.field("sentence") == "They agreed."
    kept = farah.get("/lawful-bases").main.select_one("details").get_text()
    assert first in kept
    assert "Farah" in kept


def test_one_reason_always_stays_on_the_list(farah):
    """Without a reason a child could not be kept safe."""
    page = farah.get("/lawful-bases")
    while retire := [words(b) for b in page.main.select("button") if "Retire" in words(b)]:
        before = len(retire)
        page = farah.submit(page, button=retire[0])
        if len([b for b in page.main.select("button") if "Retire" in words(b)]) == before:
            break
    assert "One reason has to stay on the list" in page.text
    assert len(retire) == 1


def test_only_an_administrator_keeps_the_list(amira, elif_, dana):
    for client in (amira, elif_, dana):
        assert client.get("/lawful-bases").status == 403
