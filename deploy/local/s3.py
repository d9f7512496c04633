"""SeaweedFS as an S3 server on loopback. It must never listen on another interface, nor report its use to anyone."""

import shutil
import sys
from pathlib import Path

import urllib3
from minio import Minio
from minio.error import S3Error
from urllib3.exceptions import HTTPError

from deploy.local.part import NotReadyError, Part
from deploy.local.ports import Ports
from deploy.local.process import Command

_SERVERS = ("master", "volume", "filer", "admin", "s3")  # the admin server cannot be left out, only its pages
_OFF = ("webdav", "admin.ui", "master.telemetry")


class S3(Part):
    """`weed mini`, with the bucket made when it is first ready."""

    def __init__(self, root: Path, ports: Ports, keys: tuple[str, str], bucket: str) -> None:
        """Choose the ports; `keys` are the access key and the secret key."""
        super().__init__("s3", root)
        self._data = root / "s3"
        self._ports = {name: ports.take(f"s3_{name}") for name in _SERVERS if name != "s3"}
        self._ports["s3"] = ports.take("s3", setting="LABELBUS_S3_PORT")
        self._grpc_ports = {name: ports.take(f"s3_{name}_grpc") for name in _SERVERS}
        self.access_key, self.secret_key = keys
        self.bucket = bucket

    @property
    def url(self) -> str:
        """Where clients connect."""
        return f"http://127.0.0.1:{self._ports['s3']}"

    def address(self, server: str) -> str:
        """Where one of its servers listens, as `weed shell` wants it."""
        return f"127.0.0.1:{self._ports[server]}.{self._grpc_ports[server]}"

    def prepare(self) -> Command:
        """Find the program."""
        self._data.mkdir(parents=True, exist_ok=True)
        beside = Path(sys.executable).with_name("weed")
        program = str(beside) if beside.exists() else shutil.which("weed")
        if program is None:
            raise NotReadyError(
                "No SeaweedFS is packaged for this machine. Put `weed` on the PATH, or set LABELBUS_S3_URL."
            )
        (self._data / "mini.options").unlink(
            missing_ok=True
        )  # the options of the last start, which would be used again
        self._remove_sockets()
        argv = [program, "-logtostderr", "mini", "-dir=.", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"]
        argv += [f"-{name}.port={port}" for name, port in self._ports.items()]
        argv += [f"-{name}.port.grpc={port}" for name, port in self._grpc_ports.items()]
        argv += [f"-{name}=false" for name in _OFF]
        argv += [
            "-master.volumeSizeLimitMB=1024",
            "-s3.port.iceberg=0",
            "-s3.port.lance=0",
            "-filer.localSocket=filer.sock",
            "-s3.localSocket=s3.sock",
        ]
        return Command(
            argv, {"AWS_ACCESS_KEY_ID": self.access_key, "AWS_SECRET_ACCESS_KEY": self.secret_key}, self._data
        )

    def stop(self) -> None:
        """End it cleanly."""
        super().stop()
        self._remove_sockets()

    def _remove_sockets(self) -> None:
        """It leaves these behind, at a place that no option changes."""
        for name, port in self._grpc_ports.items():
            Path(f"/tmp/seaweedfs-{name}-grpc-{port}.sock").unlink(missing_ok=True)  # noqa: S108  its choice, not ours

    def is_ready(self) -> bool:
        """Whether the buckets can be listed; makes ours."""
        http = urllib3.PoolManager(timeout=urllib3.Timeout(2), retries=False)
        client = Minio(
            self.url.removeprefix("http://"), self.access_key, self.secret_key, secure=False, http_client=http
        )
        try:
            if not client.bucket_exists(self.bucket):
                client.make_bucket(self.bucket)
        except (S3Error, HTTPError, OSError):
            return False
        finally:
            http.clear()
        return True
