"""The way in, with each pair of hands."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("hands", ["mouse", "keyboard", "no script"])
def test_somebody_signs_in_and_out(person, hands):
    amira = person("Amira")
    amira.presses("Families")
    amira.presses("Kim Lane, Nate Moss")
    amira.sees("Kim")
    amira.presses("Sign out")
    amira.sees("Sign in")
