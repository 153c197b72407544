"""Write docs/access.md from the policy."""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from coordinator.access.describe import as_markdown  # noqa: E402  (the path comes first)

(ROOT / "docs" / "access.md").write_text(as_markdown(), encoding="utf-8")
