"""Kafka, MongoDB and S3 together, for the supervisor, tests and benchmarks. Never starts a part that has a URL."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from deploy.local import credentials
from deploy.local.kafka import Kafka
from deploy.local.mongo import Mongo
from deploy.local.part import Part
from deploy.local.ports import Ports
from deploy.local.s3 import S3

AnyPart = TypeVar("AnyPart", bound=Part)
DEFAULT_BUCKET = "labelbus"


class NotOursError(RuntimeError):
    """The part is given by a setting, so it is not ours to start, stop or kill."""


class Stack:
    """The three parts with their data below `root`; a second start with the same root finds what the first one left.

    `settings` may name parts that run elsewhere (LABELBUS_KAFKA, LABELBUS_MONGO_URL, LABELBUS_S3_URL with its keys) and
    wanted ports; the environment is not looked at. `kafka_properties` are laid over the stack's own.
    """

    def __init__(
        self, root: Path, settings: Mapping[str, str] | None = None, kafka_properties: Mapping[str, str] | None = None
    ) -> None:
        """Choose ports and keys; nothing is started yet."""
        self.root = root.resolve()
        self._given = {name: value for name, value in (settings or {}).items() if value}
        self.ports = Ports(self.root / "ports", self._given)
        self.keys = credentials.load(self.root / "secrets.json")
        self.bucket = self._given.get("LABELBUS_BUCKET", DEFAULT_BUCKET)
        self._kafka = None if self._has("LABELBUS_KAFKA") else Kafka(self.root, self.ports, kafka_properties or {})
        self._mongo = None if self._has("LABELBUS_MONGO_URL") else Mongo(self.root, self.ports)
        s3_keys = self.keys["s3_access_key"], self.keys["s3_secret_key"]
        self._s3 = None if self._has("LABELBUS_S3_URL") else S3(self.root, self.ports, s3_keys, self.bucket)

    def _has(self, setting: str) -> bool:
        return setting in self._given

    @property
    def parts(self) -> list[Part]:
        """Those that we start."""
        return [part for part in (self._kafka, self._mongo, self._s3) if part is not None]

    @property
    def kafka(self) -> str:
        """Bootstrap server, host:port."""
        return self._kafka.address if self._kafka else self._given["LABELBUS_KAFKA"]

    @property
    def mongo_url(self) -> str:
        """Address of the replica set."""
        return self._mongo.url if self._mongo else self._given["LABELBUS_MONGO_URL"]

    @property
    def s3_url(self) -> str:
        """Endpoint of the object storage."""
        return self._s3.url if self._s3 else self._given["LABELBUS_S3_URL"]

    @property
    def s3_access_key(self) -> str:
        """Access key of the object storage."""
        return self._s3.access_key if self._s3 else self._given.get("LABELBUS_S3_ACCESS_KEY", "")

    @property
    def s3_secret_key(self) -> str:
        """Secret key of the object storage."""
        return self._s3.secret_key if self._s3 else self._given.get("LABELBUS_S3_SECRET_KEY", "")

    @property
    def kafka_process(self) -> Kafka:
        """The broker, to be stopped, killed, frozen and started again."""
        return _ours(self._kafka, "LABELBUS_KAFKA")

    @property
    def mongo_process(self) -> Mongo:
        """The database, to be stopped, killed, frozen and started again."""
        return _ours(self._mongo, "LABELBUS_MONGO_URL")

    @property
    def s3_process(self) -> S3:
        """The object storage, to be stopped, killed, frozen and started again."""
        return _ours(self._s3, "LABELBUS_S3_URL")

    def settings(self) -> dict[str, str]:
        """What a service needs in its environment to use this stack."""
        return {
            "LABELBUS_KAFKA": self.kafka,
            "LABELBUS_MONGO_URL": self.mongo_url,
            "LABELBUS_S3_URL": self.s3_url,
            "LABELBUS_S3_ACCESS_KEY": self.s3_access_key,
            "LABELBUS_S3_SECRET_KEY": self.s3_secret_key,
            "LABELBUS_BUCKET": self.bucket,
            "LABELBUS_INTERNAL_KEY": self.keys["internal_key"],
            "LABELBUS_DATASTORE_KEY": self.keys["datastore_key"],
        }

    def start(self) -> None:
        """Start the parts side by side and return when all are ready; on a failure none is left running."""
        self.root.mkdir(parents=True, exist_ok=True)
        try:
            with ThreadPoolExecutor(max_workers=3) as pool:
                try:
                    for started in as_completed([pool.submit(part.start) for part in self.parts]):
                        started.result()
                except BaseException:
                    self.stop()  # which also ends the waiting for them
                    raise
        except BaseException:
            self.stop()  # again, for a part that was only being prepared before
            raise

    def stop(self) -> None:
        """End the parts cleanly, side by side."""
        with ThreadPoolExecutor(max_workers=3) as pool:
            for part in self.parts:
                pool.submit(part.stop)

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()


def _ours(part: AnyPart | None, setting: str) -> AnyPart:
    if part is None:
        raise NotOursError(f"{setting} is given, so that part is not started here.")
    return part
