"""The list of kinds of meeting, in an area's own words."""

from __future__ import annotations

import pytest

from gathering import MEETINGS, arrange
from planning import option


def test_an_administrator_keeps_the_list_of_kinds(farah, ben):
    """E10: names are editable; a retired kind stays readable."""
    page = arrange(ben, "Core group")
    form = farah.get("/meeting-kinds/add")
    values = {"name": "Think family huddle", "called_by": "either"}
    listed = farah.submit(form, values, button="Add it")
    assert "Think family huddle" in listed.text
    again = farah.submit(farah.get("/meeting-kinds/add"), values, button="Add it")
    assert again.errors["name"] == "There is a kind of meeting with this name already"
    change = farah.click(listed, "Change Core group")
    listed = farah.submit(change, {"name": "Core group (monthly)"}, button="Save the change")
    assert ben.get(page.path).h1 == "Core group (monthly)"
    farah.submit(listed, button="Retire Core group (monthly)")
    with pytest.raises(AssertionError, match="does not offer"):
        option(ben.get(f"{MEETINGS}/arrange"), "kind", "Core group (monthly)")
    assert ben.get(page.path).h1 == "Core group (monthly)"
    farah.submit(farah.get("/meeting-kinds"), button="Bring back Core group (monthly)")
    assert option(ben.get(f"{MEETINGS}/arrange"), "kind", "Core group (monthly)")
    assert ben.get("/meeting-kinds").status == 403
