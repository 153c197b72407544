"""Sentences that the product makes of parts: a refusal, and what exactly was shared."""

import pytest

from asking import hold
from coordinator.reads.sharing import what_in_words
from coordinator.vocabulary import Level
from planning import PLAN, whole_plan

WORKS = "a worker on the case (a chair, a minute taker or a link worker reads only)"


def test_a_refusal_is_one_sentence_that_says_for_whom_it_is(dana, farah):
    page = dana.get(f"{PLAN}/goals/add")
    assert page.status == 403
    assert f"This is for {WORKS}." in page.text
    assert "This is for a practitioner of the agency acted for." in farah.get("/families/open").text


def test_a_refusal_names_what_is_lacking_and_no_more(dev, world):
    """Of a rule with several parts: the author, or a manager of the agency that it comes from."""
    note = hold(world, "Amira", Level.OPEN)
    page = dev.get(f"/entries/{note}/level")
    assert (
        "This is for the author of the entry, for the same agency; or for somebody of the agency "
        "that the entry comes from." in page.text
    )


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ("Shared plan AAAAAAAA1", "The plan"),
        ("Shared plan AAAAAAAA1; Goal AAAAAAAA2", "The plan and 1 goal"),
        (
            "Shared plan AAAAAAAA1; Goal AAAAAAAA2; Goal AAAAAAAA3; Role on the plan AAAAAAAA4",
            "The plan, 2 goals and what 1 worker does",
        ),
        ("The note", "The note"),
    ],
)
def test_what_was_shared_of_a_plan_is_counted_in_words(kept, words):
    """Spec/sharing.md, three facts: what exactly."""
    assert what_in_words(kept) == words


def test_the_sharing_page_says_what_of_the_plan_was_opened(amira, ben):
    whole_plan(amira)
    page = ben.get("/families/LANE-01/sharing")
    assert "The plan, 3 goals and what 1 worker does" in page.text
