"""The audit as a file: what the screen shows, row for row, and nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from auditing import OF_LANE, fill_trail, rows
from coordinator.access.spreadsheet import csv_cell, csv_file
from coordinator.demo import cast
from coordinator.models.accounts import Account
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import EventKind
from coordinator.web import audit as pages
from page import Client, Page


def cells(page: Page) -> list[list[str]]:
    """Return the rows of the file, read as a spreadsheet reads it."""
    data = page.response.get_data()
    assert data.startswith(b"\xef\xbb\xbf"), "a spreadsheet would not know this for UTF-8"
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("path", ["/audit", OF_LANE, "/audit?kinds=look&outcome=reached"])
def test_the_file_equals_the_screen_row_for_row(world, dana, ben, bella, path):
    """E59; J08, step 3: same columns, rows and order, over all pages."""
    ben.get("/families/LANE-01")
    bella.get("/families/LANE-01/plan")
    fill_trail(world, 70, outcome="reached")
    page = dana.get(path)
    file = cells(dana.click(page, "Download as CSV"))
    screen = rows(page)
    while older := [href for text, href in page.links.items() if text.startswith("Older")]:
        page = dana.get(older[0])
        screen += rows(page)
    head = [" ".join(th.text.split()) for th in page.soup.select("thead th")]
    assert file[0] == head
    assert [row[1:] for row in file[1:]] == [row[1:] for row in screen]
    # The same minute, written so that a spreadsheet can sort it.
    assert [row[0][-2:] for row in file[1:] if row[0]] != []
    assert file[1:] == sorted(file[1:], key=lambda row: row[0], reverse=True)
    assert len(file) > 70


def test_the_download_is_itself_an_act_in_the_audit(dana):
    """J08, step 3."""
    page = dana.get("/audit.csv")
    assert page.response.mimetype == "text/csv"
    assert page.headers["Content-Disposition"].startswith('attachment; filename="audit-')
    assert rows(dana.get("/audit?kinds=export"))[0][1:] == [
        "Dana",
        "Northside Mental Health",
        "downloaded the audit",
        "",
        "",
        "Downloaded",
    ]


def test_a_question_that_cannot_be_understood_downloads_nothing(dana):
    page = dana.get("/audit.csv?family=NOPE-99")
    assert page.status == 422
    assert list(page.errors) == ["family"]
    assert page.is_html
    assert rows(dana.get("/audit?kinds=export")) == []


def test_a_file_is_sent_as_it_is_read_once_it_stands_in_the_trail(world, dana, monkeypatch):
    """E59: however long it is, it is read a few rows at a time; no row is lost or doubled."""
    monkeypatch.setattr(pages.reads, "PAGE_OF_A_FILE", 7)
    monkeypatch.setattr(pages.reads, "STEP_OF_A_FILE", 9)
    fill_trail(world, 30, fields='{"outcome":[null,"x"]}')
    response = dana.browser.get("/audit.csv?kinds=look", buffered=False)
    parts = response.iter_encoded()
    assert next(parts).decode("utf-8-sig").startswith("When,Who")
    assert world.count(TrailEvent, TrailEvent.kind == EventKind.EXPORT) == 1
    sent = [part.decode().splitlines() for part in parts]
    assert max(len(lines) for lines in sent) == 7
    assert sum(len(lines) for lines in sent) == 30


def test_a_name_that_looks_like_a_formula_is_only_text(world, app, dana):
    """ASVS v5.0.0-1.2.10; threats 19."""
    with world.session() as session:
        amira = cast.actor(session, "Amira").account_id
        session.connection().execute(
            update(Account.__table__)  # type: ignore[arg-type]
            .where(Account.id == amira)
            .values(name="=HYPERLINK(1)")
        )
    Client(app).sign_in("=HYPERLINK(1)").get("/families/LANE-01")
    names = {row[1] for row in cells(dana.get("/audit.csv?family=LANE-01"))}
    assert "'=HYPERLINK(1)" in names
    assert "=HYPERLINK(1)" not in names


@given(st.text())
def test_no_cell_begins_as_a_formula_and_no_word_is_lost(text):
    cell = csv_cell(text)
    assert cell[:1] not in set("=+-@\t\r\n\0")
    assert cell.removeprefix("'") == text.removeprefix("'")


@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))))
def test_a_file_read_back_has_the_same_cells(texts):
    row = ["x", *texts]
    read = list(csv.reader(io.StringIO(csv_file(row, [row]).decode("utf-8-sig"), newline="")))
    assert read == [[csv_cell(text) for text in row]] * 2
