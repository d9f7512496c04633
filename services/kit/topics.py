"""Creates the topics, and says at the start of a service when the deployment's are not as they have to be.

`python -m services.kit.topics create`
"""

import asyncio
import sys
from typing import Any, Final

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import TopicAlreadyExistsError, for_code

from services.contracts.topics import TOPICS, Topic
from services.kit import errors, logs
from services.kit.settings import Settings

MESSAGE_BYTES: Final = 1_000_000
"""`max.message.bytes`: an event has at most 512 kB, its headers come on top."""
DEAD_MESSAGE_BYTES: Final = 1_048_576
"""A dead record carries its original and why it died."""
_SEEN_S: Final = 15.0
"""How long brokers may take to tell about topics that they made."""
_log = logs.get()


class TopicsWrong(RuntimeError):
    """Topics are missing or would refuse our events; the text says which and what to do."""


class TopicsMissing(errors.Infrastructure):
    """Topics are not there yet. The deployment makes them."""


def all_topics() -> list[Topic]:
    """Every topic of a deployment, with its dead-letter topic."""
    return [each for topic in TOPICS for each in (topic, topic.dead)]


def _least_bytes(topic: Topic) -> int:
    return DEAD_MESSAGE_BYTES if topic.name.endswith(".dead") else MESSAGE_BYTES


def config(topic: Topic) -> dict[str, str]:
    """Kafka's settings of a topic."""
    cleanup = (
        {"cleanup.policy": "compact", "min.cleanable.dirty.ratio": "0.1"}
        if topic.retention_ms is None
        else {"cleanup.policy": "delete", "retention.ms": str(topic.retention_ms)}
    )
    return {**cleanup, "max.message.bytes": str(_least_bytes(topic))}


async def create(settings: Settings) -> list[str]:
    """Create what is missing, with three replicas where there are three brokers; answers the names of the new ones."""
    async with _admin(settings) as admin:
        replication = min(3, len((await admin.describe_cluster())["brokers"]))
        there = set(await admin.list_topics())
        wanted = {settings.topic_prefix + topic.name: topic for topic in all_topics()}
        missing = [
            NewTopic(name, settings.topic_partitions, replication, topic_configs=config(topic))
            for name, topic in wanted.items()
            if name not in there
        ]
        if missing:
            answer = await admin.create_topics(missing)
            for name, code, *_ in answer.topic_errors:
                _accept(name, code)
            async with asyncio.timeout(_SEEN_S):
                while not wanted.keys() <= set(await admin.list_topics()):  # noqa: ASYNC110 - Kafka tells it no other way
                    await asyncio.sleep(0.1)
        return [topic.name for topic in missing]


def _accept(name: str, code: int) -> None:
    error = for_code(code)
    if code and error is not TopicAlreadyExistsError:
        raise TopicsWrong(f"{name}: {error.__name__}: {error.description}")


async def check(settings: Settings) -> None:
    """Raises TopicsMissing, or TopicsWrong when `max.message.bytes` is too small for our events."""
    wanted = {settings.topic_prefix + topic.name: topic for topic in all_topics()}
    async with _admin(settings) as admin:
        there = set(await admin.list_topics())
        if missing := sorted(wanted.keys() - there):
            raise TopicsMissing(
                f"Topics are missing: {', '.join(missing)}. Run `python -m services.kit.topics create`."
            )
        resources = [ConfigResource(ConfigResourceType.TOPIC, name, {"max.message.bytes": ""}) for name in wanted]
        for answer in await admin.describe_configs(resources):
            for _, _, _, name, entries in answer.resources:
                found = next((int(entry[1]) for entry in entries if entry[0] == "max.message.bytes"), 0)
                if found < _least_bytes(wanted[name]):
                    raise TopicsWrong(f"{name}: max.message.bytes is {found}, needed are {_least_bytes(wanted[name])}.")


class _admin:  # noqa: N801 - used as a function
    """An admin client for the length of a `with`."""

    def __init__(self, settings: Settings) -> None:
        self._client = AIOKafkaAdminClient(bootstrap_servers=settings.kafka, request_timeout_ms=10_000)

    async def __aenter__(self) -> Any:
        try:
            await self._client.start()
        except BaseException:
            await self._client.close()
            raise
        return self._client

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()


def main(arguments: list[str]) -> int:
    """The command line."""
    if arguments != ["create"]:
        sys.stderr.write("usage: python -m services.kit.topics create\n")
        return 2
    settings = Settings.read()
    logs.configure("topics", settings.log_level)
    _log.info("topics_created", topics=asyncio.run(create(settings)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
