"""Ports are remembered, defaults give way, wanted ones never do."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.ports import Ports, PortTakenError


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_port_is_the_same_at_the_next_start(tmp_path: Path) -> None:
    first = Ports(tmp_path / "ports", {}).take("mongo")
    assert Ports(tmp_path / "ports", {}).take("mongo") == first


def test_two_parts_never_get_the_same_port(tmp_path: Path) -> None:
    ports = Ports(tmp_path / "ports", {})
    assert len({ports.take(f"part{number}") for number in range(50)}) == 50


def test_a_remembered_port_that_another_program_took_is_replaced(tmp_path: Path, taken: int) -> None:
    (tmp_path / "ports").write_text(json.dumps({"mongo": taken}))
    assert Ports(tmp_path / "ports", {}).take("mongo") != taken


def test_a_default_that_is_taken_is_followed_by_a_later_one(tmp_path: Path, taken: int) -> None:
    assert taken < Ports(tmp_path / "ports", {}).take("gateway", default=taken) <= taken + 1000


def test_a_wanted_port_that_is_taken_is_an_error_that_names_it_and_its_setting(tmp_path: Path, taken: int) -> None:
    with pytest.raises(PortTakenError, match=f"Port {taken} is wanted by LABELBUS_PORT"):
        Ports(tmp_path / "ports", {"LABELBUS_PORT": str(taken)}).take("gateway", setting="LABELBUS_PORT")


@pytest.mark.parametrize("text", ["eighty", "0", "65536", "-1", "8080.5", "٣"])
def test_a_wanted_port_that_is_none_is_an_error_that_names_its_setting(tmp_path: Path, text: str) -> None:
    with pytest.raises(PortTakenError, match="LABELBUS_PORT"):
        Ports(tmp_path / "ports", {"LABELBUS_PORT": text}).take("gateway", setting="LABELBUS_PORT")
