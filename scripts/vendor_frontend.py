"""Fetch the pinned front-end packages and write the unbranded copies that the app serves.

Run it from anywhere: `python3 scripts/vendor_frontend.py`.  It needs npm, which fetches the
packages and checks their integrity; whoever runs Coordinator needs neither.  On the way:

- the fonts, crest, logotype and icons of government are not ours to use, so their rules go;
- the type scale is one step smaller on wide screens: a tool used all day shows more at a glance;
- source maps go, because the files that they point to are not shipped.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "coordinator" / "static" / "vendor"

FONT_STACK = "Arial,Helvetica,sans-serif"

# rem on the library's scale -> rem on ours; smaller sizes stay as they are.
TYPE_SCALE = {
    "1.1875": "1.0625",
    "1.3125": "1.1875",
    "1.5": "1.25",
    "1.6875": "1.4375",
    "2": "1.625",
    "2.25": "1.75",
    "3": "2.125",
}

MIT = """\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


@dataclass(frozen=True)
class Package:
    """A pinned npm package, its copyright line, and its files (path inside -> name here)."""

    name: str
    version: str
    copyright: str
    files: dict[str, str]


PACKAGES = (
    Package(
        "govuk-frontend",
        "6.3.0",
        "Copyright (C) 2017 Crown Copyright (Government Digital Service)",
        {
            "dist/govuk/govuk-frontend.min.css": "govuk-frontend.min.css",
            # app.js imports it without a mark of its content, so the name carries the version.
            "dist/govuk/govuk-frontend.min.js": "govuk-frontend-6.3.0.min.js",
        },
    ),
    Package(
        "@ministryofjustice/frontend",
        "11.1.0",
        "Copyright (c) Crown Copyright (Ministry of Justice); Copyright (c) 2021 dxw",
        {"moj/moj-frontend.min.css": "moj-frontend.min.css"},
    ),
)


def fetch(package: Package, folder: Path) -> dict[str, str]:
    """Let npm fetch the package into the folder; give the wanted texts by their name here."""
    wanted = f"{package.name}@{package.version}"
    done = subprocess.run(
        ["npm", "pack", "--json", "--pack-destination", str(folder), wanted],
        check=True,
        capture_output=True,
        text=True,
    )
    answer = json.loads(done.stdout)
    facts = answer[0] if isinstance(answer, list) else next(iter(answer.values()))
    if facts["version"] != package.version:
        raise SystemExit(f"npm gave {facts['version']} for {wanted}")
    archive = folder / f"{package.name.lstrip('@').replace('/', '-')}-{package.version}.tgz"
    texts = {}
    with tarfile.open(archive) as tar:
        for inside, name in package.files.items():
            member = tar.extractfile(f"package/{inside}")
            if member is None:
                raise SystemExit(f"{wanted} has no {inside}")
            texts[name] = member.read().decode("utf-8")
    return texts


def unbranded(css: str) -> str:
    """Remove what belongs to GOV.UK alone and set our type scale; pure text in, pure text out."""
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = re.sub(r"GDS Transport,\s*arial,\s*sans-serif", FONT_STACK, css)
    css = re.sub(r"url\((?!\"?data:)[^)]*\)", "none", css)

    def smaller(match: re.Match[str]) -> str:
        return f"font-size:{TYPE_SCALE.get(match[1], match[1])}rem"

    css = re.sub(r"font-size:([\d.]+)rem", smaller, css)
    # Body text keeps its 25 pixels of line: 1.0625rem * 1.4706.
    return css.replace(
        "font-size:1.0625rem;line-height:1.3157894737",
        "font-size:1.0625rem;line-height:1.4705882353",
    )


def without_source_map(text: str) -> str:
    """Drop the comment that names a source map."""
    return re.sub(r"/[*/][#@] sourceMappingURL=\S+(?: \*/)?\n?", "", text).rstrip() + "\n"


def left_over(text: str) -> list[str]:
    """Name what must not be in a shipped file: outside addresses, fonts, images of government."""
    patterns = (
        r"https?://[a-z0-9][^\s\"')]*",
        r"GDS Transport",
        r"@font-face",
        r"govuk-crest",
        r"sourceMappingURL",
    )
    found = [hit for pattern in patterns for hit in re.findall(pattern, text)]
    return [hit for hit in found if not hit.startswith("http://www.w3.org/")]


def main() -> int:
    """Write the files and their notice; give 1 when something forbidden would be shipped."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    notice = [
        "Front-end files kept here by scripts/vendor_frontend.py; change that, not these.",
        "",
    ]
    with tempfile.TemporaryDirectory() as scratch:
        for package in PACKAGES:
            notice += [
                f"{package.name} {package.version}: {', '.join(package.files.values())}",
                package.copyright,
                "",
            ]
            for name, fetched in fetch(package, Path(scratch)).items():
                text = unbranded(fetched) if name.endswith(".css") else fetched
                text = without_source_map(text)
                if remains := left_over(text):
                    print(f"{name} still holds {remains}", file=sys.stderr)
                    return 1
                (VENDOR / name).write_text(text, encoding="utf-8")
                print(f"{name}: {len(text) // 1024} KB")
    notice += ["Both are published under the MIT License:", "", MIT]
    (VENDOR / "VERSIONS.txt").write_text("\n".join(notice), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
