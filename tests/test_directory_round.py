"""The directory goes out as a staff list and comes in again; whoever is gone leaves."""

from coordinator.models.accounts import Membership
from coordinator.models.departures import Departure
from coordinator.models.directory import PostHolding
from listed import account

COUNTED = (Membership, PostHolding, Departure)


def test_the_list_comes_in_as_it_went_out_and_whoever_is_gone_leaves(app, farah, world, tmp_path):
    """Issue 5, 5: a dry run shows new, changed and gone; the gone are treated as leavers."""
    page = farah.get("/directory.csv")
    path = tmp_path / "staff.csv"
    path.write_bytes(page.response.get_data())

    def load(*options):
        return app.test_cli_runner().invoke(args=["import-directory", str(path), *options])

    # The demo writes phone numbers as people do, and an import as machines do.
    load("--apply")
    before = [world.count(model) for model in COUNTED]
    result = load("--apply", "--whole")
    assert "In all 0 new, 0 changed." in result.output, result.output
    assert "gone" not in result.output
    assert [world.count(model) for model in COUNTED] == before
    kept = [line for line in path.read_text("utf-8-sig").splitlines() if "bella@" not in line]
    path.write_text("\n".join(kept), "utf-8")
    dry = load("--whole")
    assert "gone: Bella, bella@eastway.example" in dry.output
    assert world.count(Departure) == 0
    assert "gone: Bella" in load("--whole", "--apply").output
    assert world.count(Departure) == 1
    assert "gone" not in load("--whole", "--apply").output
    assert "Leaving after" in farah.get(f"/accounts/{account(world, 'Bella')}").text
