"""Topics of tests have few partitions: each costs Kafka and every reader something, and three show all that many do."""

from typing import Final

PARTITIONS: Final = 3
