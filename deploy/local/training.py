"""Lets the JVM watch one start of Kafka, so that all later ones take half the time. Without it Kafka starts as well."""

import tempfile
from pathlib import Path

from deploy.local.jars import kafka_class_path, start_cache
from deploy.local.kafka import Kafka
from deploy.local.ports import Ports

_SECONDS = 120
"""The JVM writes down what it learned when it ends."""


def learn_start() -> None:
    """Start a Kafka without data and stop it, if that was not done before."""
    kafka_class_path()
    cache = start_cache()
    if cache.exists():
        return
    with tempfile.TemporaryDirectory(dir=cache.parent) as folder:
        root = Path(folder)
        learned = root / "learned"
        kafka = Kafka(root, Ports(root / "ports", {}), {}, (f"-XX:AOTCacheOutput={learned}",))
        try:
            kafka.start()
        finally:
            kafka.process.stop(_SECONDS)
        if learned.exists():
            learned.replace(cache)
