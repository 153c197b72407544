"""What the policy is told of a document of the library; and its rule."""

from dataclasses import dataclass

from coordinator.access.actor import Actor


@dataclass(frozen=True)
class DocumentInSight:
    """A document; `owned`: the actor answers today for a post that looks after it."""

    id: int
    reference: str
    version: int
    owned: bool


@dataclass(frozen=True)
class DocumentVersionInSight:
    """A version of a document; `holds`: it is the one that is offered."""

    id: int
    reference: str
    document_reference: str
    holds: bool


def looks_after_it(actor: Actor, record: object) -> bool:
    """Who holds a post that looks after the document, or deputises for it."""
    return isinstance(record, DocumentInSight) and record.owned
