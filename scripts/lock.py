"""Write requirements/*.txt anew from pyproject.toml; --upgrade takes the newest versions.

Needs uv. Each version is pinned with its hashes, for all systems and Pythons from 3.11, and no file
names the place that packages come from. Without --upgrade, what is pinned stays as it is.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = ["uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version=3.11"]
PLAIN = ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url", "--quiet"]
STEPS = (
    ["--extra=test", "--output-file=requirements/test.txt"],
    # the tests run on the very versions that people run
    ["--constraints=requirements/test.txt", "--output-file=requirements/run.txt"],
)


def main(words: list[str]) -> None:
    """Write both files; further words go to uv.  Raises `CalledProcessError` when uv fails."""
    for step in STEPS:
        subprocess.run([*COMPILE, *PLAIN, *step, *words], cwd=ROOT, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
