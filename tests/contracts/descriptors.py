"""The messages of `labelbus.v1` as protobuf descriptors, built by buf."""

import subprocess
import sys
from pathlib import Path

from google.protobuf.descriptor_pb2 import FileDescriptorSet

PROTO = Path(__file__).parents[2] / "proto"
BUF = Path(sys.executable).with_name("buf")


def buf(*arguments: str) -> bytes:
    """Output of buf, run in the folder of the protos. Raises CalledProcessError when it exits with an error."""
    return subprocess.run([BUF, *arguments], cwd=PROTO, check=True, stdout=subprocess.PIPE).stdout


def build() -> FileDescriptorSet:
    """All files, with comments."""
    return FileDescriptorSet.FromString(buf("build", "-o", "-#format=binpb"))
