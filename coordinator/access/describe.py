"""The policy as a page that people can read; docs/access.md is its output."""

from coordinator.access.combined_rules import sentence
from coordinator.access.policy import POLICY

HEAD = """# Who may do what

This page is made from `coordinator/access/policy.py` by
`python3 scripts/describe_access.py`; a test
fails when the two differ.

Before any rule is asked, the record must be in sight.
A family is in sight for its workers, for the manager of a team that works with it, and for a
safeguarding lead of an agency that works with it, who must first say why.
An exclusion hides the family from a worker whatever else is true of them.
What is out of sight answers exactly like what does not exist.

| permission | who |
|---|---|
"""


def as_markdown() -> str:
    """Return the whole policy as a Markdown page."""
    lines = (f"| `{permission}` | {sentence(rule)} |" for permission, rule in POLICY.items())
    return HEAD + "\n".join(lines) + "\n"
