"""The topics: names, cleanup and retention are public API."""

from dataclasses import dataclass
from typing import Final

DAY_MS: Final = 86_400_000
PARTITIONS: Final = 12


@dataclass(frozen=True)
class Topic:
    """One topic. `retention_ms` None: compacted, the newest record of a key stays for ever."""

    name: str
    key: str
    retention_ms: int | None = None

    @property
    def dead(self) -> "Topic":
        """Where records go that could not be read or applied: original bytes, 30 days."""
        return Topic(f"{self.name}.dead", self.key, 30 * DAY_MS)


PROJECTS: Final = Topic("labelbus.projects.v1", "project id")
ITEMS: Final = Topic("labelbus.items.v1", "project id", 7 * DAY_MS)
LABELS: Final = Topic("labelbus.labels.v1", "item id")
EXPORTS: Final = Topic("labelbus.exports.v1", "export id")
REFRESHES: Final = Topic("labelbus.refreshes.v1", "refresh id")
DATASETS: Final = Topic("labelbus.datasets.v1", "data set id")
IMPORTS: Final = Topic("labelbus.imports.v1", "import id")

TOPICS: Final = (PROJECTS, ITEMS, LABELS, EXPORTS, REFRESHES, DATASETS, IMPORTS)
BY_NAME: Final = {topic.name: topic for topic in TOPICS}
