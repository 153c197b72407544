"""What a browser is sent besides pages: nothing of government, nothing from elsewhere."""

import re
from pathlib import Path

import pytest

from coordinator import __file__ as package

ROOT = Path(package).parent
STATIC = ROOT / "static"
TEMPLATES = ROOT / "templates"
SENT = sorted(path for path in STATIC.rglob("*") if path.suffix in {".css", ".js", ".svg"})
NAMESPACES = {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("path", SENT, ids=lambda path: path.name)
def test_no_shipped_file_asks_for_anything_from_elsewhere(path):
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"https?://[a-z0-9][^\s\"')]*", text)) <= NAMESPACES
    assert not re.findall(r"url\((?!\"?data:)[^)]*\)|@import|@font-face|sourceMappingURL", text)


@pytest.mark.parametrize("path", SENT, ids=lambda path: path.name)
def test_no_shipped_file_carries_the_identity_of_government(path):
    assert not re.search(r"GDS Transport|Frutiger|crest\.svg", path.read_text(encoding="utf-8"))


def test_every_script_that_is_imported_is_shipped():
    named = re.findall(r'from "\./([^"]+)"', (STATIC / "app.js").read_text(encoding="utf-8"))
    assert named
    assert all((STATIC / name).is_file() for name in named)


def test_every_asset_that_a_template_names_is_shipped():
    sources = [path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")]
    named = {name for source in sources for name in re.findall(r"asset\('([^']+)'\)", source)}
    assert "app.css" in named
    assert all((STATIC / name).is_file() for name in named)


def test_every_class_of_ours_that_a_template_uses_has_a_style():
    style = (STATIC / "app.css").read_text(encoding="utf-8")
    used = {
        word
        for path in TEMPLATES.rglob("*.html")
        for value in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8"))
        for word in re.findall(r"\bco-[a-z_-]+\b", value)
    }
    assert {word for word in used if f".{word}" not in style} == set()
