"""The fields take whatever is sent and answer with a value or a sentence, never an exception."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template
from flask_wtf import FlaskForm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from coordinator.forms import fields
from coordinator.web.presentation import dress


class Everything(FlaskForm):
    """One of each field."""

    class Meta:
        """The token has its own tests."""

        csrf = False

    form_key = fields.FormKeyField()
    version = fields.VersionField()
    name = fields.CleanStringField("Name", [fields.required("Enter the name")], limit=20)
    note = fields.CleanTextField("Note", limit=50, counted=True)
    mail = fields.EmailAddressField()
    phone = fields.PhoneField()
    day = fields.DatePartsField("When?", [fields.required("Enter the day")], subject="Day")
    at = fields.TimeField("At what time?", subject="Time")
    how = fields.ChoiceField(
        "How?", choices=[("phone", "Telephone"), ("visit", "In person", "At home")]
    )
    whom = fields.ListField("Whom?", choices=[("", "Choose one"), ("a", "Amira")])
    why = fields.SeveralField("Why?", choices=[("x", "One reason"), ("y", "Another")])
    told = fields.TickField("The parent was told")
    secret = fields.SecretField()


GOOD = {"name": "Amira", "day-day": "24", "day-month": "11", "day-year": "2026"}


def app() -> Flask:
    """Give an app with one form at one address."""
    made = Flask("coordinator")
    made.secret_key = "only for this test"
    dress(made)

    @made.route("/form", methods=["GET", "POST"])
    def form() -> tuple[str, int]:
        given_form = Everything()
        given_form.validate_on_submit()
        page = render_template(
            "form_page.html", form=given_form, title="A form", page_frame=None, csrf_token=str
        )
        return page, 422 if given_form.errors else 200

    return made


APP = app()


def sent(**values: str) -> Everything:
    """Give the form after it was sent with the good values and these."""
    with APP.test_request_context("/form", method="POST"):
        form = Everything(
            MultiDict({**GOOD, **{key.replace("__", "-"): value for key, value in values.items()}})
        )
        form.validate()
        return form


def refusal(field: str, **values: str) -> str:
    """Give the sentence that a field answers, or an empty text when it takes the value."""
    errors: list[str] = list(sent(**values)[field].errors)
    return errors[0] if errors else ""


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2:30pm", time(14, 30)),
        ("2.30 PM", time(14, 30)),
        ("14:30", time(14, 30)),
        ("1430", time(14, 30)),
        ("9am", time(9)),
        ("9:15", time(9, 15)),
        ("02:30", time(2, 30)),
        ("12am", time(0)),
        ("12:05pm", time(12, 5)),
        ("midday", time(12)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, expected: time) -> None:
    """Twelve hours, twenty-four hours, with and without a colon."""
    assert (refusal("at", at=typed), sent(at=typed)["at"].data) == ("", expected)


@pytest.mark.parametrize(
    "typed", ["25:00", "14", "13pm", "0am", "2:60pm", "noonish", "²:30pm", "1" * 30]
)
def test_a_time_that_is_none_is_refused_in_a_sentence(typed: str) -> None:
    """What was typed stays in the box."""
    field = sent(at=typed)["at"]
    assert field.errors
    assert (field.data, field._value()) == (None, typed)


def test_a_time_that_could_be_morning_or_afternoon_is_asked_for_again() -> None:
    """A meeting at half past two in the morning is a mistake of the form, not of the user."""
    assert "2:30am or 2:30pm" in refusal("at", at="2:30")


@pytest.mark.parametrize("month", ["11", "Nov", "november", " 11 "])
def test_a_date_is_read_from_its_parts(month: str) -> None:
    """A month may be a name."""
    assert sent(**{"day-month": month})["day"].data == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (("31", "2", "2026"), "Day must be a real date"),
        (("", "2", "2026"), "Day must include a day"),
        (("1", "", ""), "Day must include a month and year"),
        (("1", "2", "26"), "Day must have a year of 4 numbers"),
        (("", "", ""), "Enter the day"),
        (("1", "2", "0000"), "Day must be a real date"),
        (("x", "y", "zzzz"), "Day must have a year of 4 numbers"),
        (("-1", "1", "2026"), "Day must be a real date"),
    ],
)
def test_a_date_that_is_none_is_refused_by_name(parts: tuple[str, str, str], sentence: str) -> None:
    """The sentence says which part is missing."""
    assert (
        refusal("day", **dict(zip(("day-day", "day-month", "day-year"), parts, strict=True)))
        == sentence
    )


def test_an_error_leads_to_the_input_that_is_wrong() -> None:
    """The link of the summary goes to an input that exists, not to the group around it."""
    answer = APP.test_client().post("/form", data={**GOOD, "day-year": "26", "how": "pigeon"})
    soup = BeautifulSoup(answer.text, "html.parser")
    targets = [str(link["href"])[1:] for link in soup.select(".govuk-error-summary a")]
    assert (answer.status_code, targets) == (422, ["day-year", "how"])
    assert all(soup.find("input", id=target) for target in targets)
    assert soup.select_one("title").get_text().startswith("Error: ")


def test_text_is_stripped_and_normalised() -> None:
    """A name typed as letter and accent equals the name typed as one letter."""
    assert sent(name="  Zoe\u0308 \n Lane ")["name"].data == "Zo\u00eb Lane"
    assert sent(note=" one\r\ntwo ")["note"].data == "one\ntwo"


@pytest.mark.parametrize("bad", ["\x00", chr(0xD800), "\u202e", "\u2066", "\x1b", "\ufffd"])
def test_characters_that_deceive_or_cannot_be_kept_are_refused_and_marked(bad: str) -> None:
    """The page that is shown again can be encoded, and shows where the character was."""
    field = sent(name=f"Ami{bad}ra")["name"]
    assert "delete them" in field.errors[0]
    assert field._value() == "Ami\ufffdra"


def test_a_text_that_is_too_long_is_kept_and_the_sentence_says_by_how_much() -> None:
    """Nothing typed is lost."""
    field = sent(name="a" * 27)["name"]
    assert (field.errors, field._value()) == (
        ["Name must be 20 characters or fewer. It is 7 too many"], "a" * 27,
    )  # fmt: skip


@pytest.mark.parametrize("address", ["Amira@northside.example", "a.b+c@nhs.uk"])
def test_an_address_is_kept_in_lower_case(address: str) -> None:
    """Including the demo's own domains."""
    assert (refusal("mail", mail=address), sent(mail=address)["mail"].data) == ("", address.lower())


def test_a_phone_number_is_kept_in_one_form() -> None:
    """However it was typed; junk is refused."""
    assert {
        sent(phone=typed)["phone"].data for typed in ("01632 960001", "+44 (0)1632 960 001")
    } == {"+441632960001"}
    assert sent(phone="01632 960001 ext 5")["phone"].data == "+441632960001 ext. 5"
    assert refusal("phone", phone="ring me")


def test_choices_take_only_what_was_offered_and_each_once() -> None:
    """A made-up answer is a sentence, a repeated one counts once, none is none."""
    assert refusal("how", how="pigeon")
    assert refusal("whom", whom="nobody")
    assert refusal("why", why="z")
    assert (sent()["how"].data, sent()["whom"].data, sent()["why"].data) == (None, None, [])
    with APP.test_request_context("/form", method="POST"):
        assert Everything(MultiDict([("why", "x"), ("why", "x"), ("why", "y")]))["why"].data == [
            "x",
            "y",
        ]


def test_the_hidden_fields_forget_what_is_not_theirs() -> None:
    """A key and a version are ours or nothing."""
    form = sent(form_key="<script>", version="1e9")
    assert (form["form_key"].data, form["version"].data) == ("", None)
    assert (sent(form_key="a-B_9")["form_key"].data, sent(version="12")["version"].data) == (
        "a-B_9",
        12,
    )


with APP.test_request_context():
    SENT = [*Everything()._fields, *GOOD]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(SENT), st.text(max_size=60)), max_size=25))
def test_any_form_at_all_gets_a_page(pairs: list[tuple[str, Any]]) -> None:
    """Missing, repeated and junk fields: 200 or 422, and a page that can be encoded."""
    with APP.test_request_context("/form", method="POST"):
        form = Everything(MultiDict(pairs))
        form.validate()
        page = render_template(
            "form_page.html", form=form, title="A form", page_frame=None, csrf_token=str
        )
        assert page.encode("utf-8")
