"""J08: a manager audits who was contacted."""

import csv
import io

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("hands", ["mouse", "keyboard", "no script"])
def test_a_manager_audits_who_was_contacted(person, hands):
    """E59 E14 E19: three tries, the same rows in the CSV, and nothing that can be changed."""
    ben, dana = person("Ben"), person("Dana")
    for line in ("first try", "second try", "third try"):
        ben.goes("/families/LANE-01/contacts")
        ben.presses("Log a contact")
        texts = ben.page.get_by_label("Who was it?", exact=True).locator("option")
        ben.picks("Who was it?", next(t for t in texts.all_inner_texts() if t.startswith("Amira")))
        ben.chooses("Phone", within="How?")
        ben.chooses("No answer", within="Outcome")
        ben.types("One line", line)
        ben.presses("Log this contact")

    # 1. and 2. The family's acts; then only the tries that reached nobody.
    dana.goes("/audit?family=LANE-01")
    dana.sees("tried to phone Amira")
    dana.presses("Partner not reached")
    rows = dana.page.locator("main table tbody tr")
    assert rows.count() == 3
    dana.sees("No answer")
    dana.does_not_see("Kim")

    # 3. The CSV has the same rows in the same order, and is itself an act.
    table = list(csv.reader(io.StringIO(dana.downloads("Download as CSV"))))
    assert len(table) == 1 + 3
    for row, line in zip(rows.all(), table[1:], strict=True):
        assert "Ben" in row.inner_text()
        assert "Ben" in line
    dana.goes("/audit")
    dana.sees("CSV")

    # 4. There is nothing to press that changes an act.
    assert dana.page.locator("main form[method=post]").count() == 0

    # 8. Bella has no audit.
    bella = person("Bella")
    bella.goes("/audit")
    assert bella.heading() == "You may not do this"
