"""The demo's page of mail."""

from __future__ import annotations

import coordinator.worker
import gathering
from gathering import arrange, waiting
from page import Client


def test_the_demo_shows_its_mail(demo_app, world, tmp_path, monkeypatch):
    """S-demo: the folder as a list, and one mail with its calendar part."""
    monkeypatch.setitem(
        demo_app.config,
        "COORDINATOR",
        gathering.databases.config("unused", demo=True, mail_url=f"folder:{tmp_path}"),
    )
    ben = Client(demo_app).sign_in("Ben")
    assert "No mail yet" in ben.get("/demo/mail").text
    page = arrange(ben)
    letter = gathering.letter(world, waiting(world, "Amira")[0])
    coordinator.worker.carrier(f"folder:{tmp_path}")(letter)
    listed = ben.get("/demo/mail")
    assert "To amira@northside.example" in listed.text
    name = f"Meeting, reference {gathering.reference(page)}, to amira@northside.example"
    shown = ben.click(listed, name)
    assert "You are invited to a meeting." in shown.text
    assert "METHOD:REQUEST" in shown.text
    assert shown.links["Follow the link in this mail"] == page.path
    assert ben.get("/demo/mail/00000000-0000-0000-0000-000000000000").status == 404
    assert ben.get("/demo/mail/..%2Fsecret").status == 404


def test_the_demos_mail_is_in_the_demo_alone(ben):
    assert ben.get("/demo/mail").status == 404
