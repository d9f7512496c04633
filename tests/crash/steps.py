"""Every step of claim, submit, relay, scan and export, and who may die there."""

from dataclasses import dataclass

from tests.crash.saboteur import Step


@dataclass(frozen=True)
class Case:
    """`service` runs the saboteur; `victim` is killed when it reaches `step`.

    `during`: what the test does meanwhile.
    """

    service: str
    victim: str
    step: Step
    during: str

    def __str__(self) -> str:
        """Name of the test."""
        return f"{self.during}-{self.victim}-at-{self.step}".replace(" ", "_")


def _both(channel: str, name: str, nth: int = 3) -> list[Step]:
    return [Step(channel, name, moment, nth) for moment in ("started", "succeeded")]


CLAIM = [
    *_both("mongo", "find items", 20),
    *_both("mongo", "update items", 20),
]
SUBMIT = [
    *_both("mongo", "insert requests"),
    *_both("mongo", "update items", 33),
    *_both("mongo", "insert history"),
    *_both("mongo", "insert outbox"),
    *_both("mongo", "commitTransaction", 25),
]
RELAY = [
    *_both("mongo", "update lease"),
    *_both("mongo", "find outbox"),
    *_both("kafka", "begin_transaction"),
    *_both("kafka", "send", 40),
    *_both("kafka", "commit_transaction"),
    *_both("mongo", "delete outbox"),
    *_both("mongo", "update counters"),
]
SCAN = [
    *_both("s3", "GET list-type", 2),
    *_both("mongo", "insert outbox", 2),
    *_both("kafka", "commit_transaction", 2),
    *_both("mongo", "commitTransaction", 3),
    *_both("mongo", "commitTransaction", 12),
]
INTAKE = [
    *_both("mongo", "insert chunks", 2),
    *_both("mongo", "insert items", 2),
    *_both("mongo", "commitTransaction", 3),
]
EXPORT = [
    *_both("mongo", "find items", 1),
    *_both("s3", "PUT Labeling", 1),
    *_both("s3", "POST Labeling", 1),
    *_both("kafka", "commit_transaction", 1),
    *_both("mongo", "commitTransaction", 2),
]
GATEWAY = [
    *_both("http", "POST claim", 20),
    *_both("http", "POST submit", 20),
]
REGIONS = [
    *_both("s3", "PUT Labeling/regions", 1),
    *_both("mongo", "insert requests", 1),
    *_both("mongo", "commitTransaction", 1),
]
"""Regions that are too large for a document: first the object, then the transaction that refers to it."""

_BY_SERVICE = (
    ("queue", "labeling", [*CLAIM, *SUBMIT, *RELAY]),
    ("ingest", "scan", SCAN),
    ("queue", "scan", INTAKE),
    ("export", "export", EXPORT),
    ("gateway", "labeling", GATEWAY),
)


def all_cases() -> list[Case]:
    """The full matrix: at each step the service itself, MongoDB and Kafka."""
    return [
        Case(service, victim, step, during)
        for service, during, steps in _BY_SERVICE
        for step in steps
        for victim in (service, "mongo", "kafka")
    ]


def region_cases() -> list[Case]:
    """The queue dies at each step of saving large regions; first in the list: between the object and the label."""
    between = Step("s3", "PUT Labeling/regions", "succeeded", 1)
    steps = [between, *(step for step in REGIONS if step != between)]
    return [Case("queue", "queue", step, "regions") for step in steps]
