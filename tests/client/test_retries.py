"""Which calls are repeated, how often, and which never."""

import httpx
import pytest

from labelbus import AsyncClient, Client, LabelbusError
from labelbus.models.sources import Folder
from labelbus.routes import Server
from tests.client.conftest import OPTIONS, Call
from tests.client.server import Answer, as_json, in_turn, problem, scripted

STORES = [{"name": "b", "default": True}]
BUSY = problem(503, "unavailable", retryable=True, detail="Later.")
SILENCE = Answer(cut=-1)
PROXY = Answer(502, b"<html>Bad gateway</html>")
SET = Folder(datastore="b")


@pytest.mark.parametrize("first", [BUSY, SILENCE, PROXY, Answer(cut=2, body=b"[{}]")])
def test_what_may_be_repeated_is(call: Call, first: Answer) -> None:
    with scripted(in_turn(first, first, as_json(STORES))) as server:
        assert call(server, lambda client: client.datastores.default()) == "b"
    assert len(server.asked) == 3


@pytest.mark.parametrize(("first", "code"), [(SILENCE, "unreachable"), (PROXY, "not_labelbus")])
def test_what_would_be_done_twice_is_not(call: Call, first: Answer, code: str) -> None:
    with scripted(in_turn(first)) as server, pytest.raises(LabelbusError) as lost:
        call(server, lambda client: client.datasets.create("Pets", SET))
    assert (len(server.asked), lost.value.code) == (1, code)


def test_a_creation_with_a_key_is_repeated_with_that_key(call: Call) -> None:
    with scripted(in_turn(SILENCE, problem(422, "invalid"))) as server, pytest.raises(LabelbusError):
        call(server, lambda client: client.exports.request("p1"))
    first, second = server.asked
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"] != ""
    assert first.body == second.body


def test_the_server_says_what_may_be_repeated(call: Call) -> None:
    with scripted(in_turn(BUSY, problem(409, "name_taken"))) as server, pytest.raises(LabelbusError) as refused:
        call(server, lambda client: client.datasets.create("Pets", SET))
    assert (len(server.asked), refused.value.code, refused.value.status) == (2, "name_taken", 409)


def test_it_ends(call: Call) -> None:
    with scripted(in_turn(BUSY)) as server, pytest.raises(LabelbusError, match=r"^Later\.$") as busy:
        call(server, lambda client: client.datastores.default())
    assert (len(server.asked), busy.value.status, busy.value.retryable) == (4, 503, True)


def test_an_address_that_nobody_listens_on(call: Call) -> None:
    with scripted(in_turn(BUSY)) as server:
        pass
    with pytest.raises(LabelbusError, match=r"^Labelbus at http://127.0.0.1:[0-9]+ does not answer") as away:
        call(server, lambda client: client.datasets.create("Pets", SET))
    assert (away.value.code, away.value.status, away.value.retryable) == ("unreachable", 0, True)


@pytest.mark.parametrize("url", ["ftp://example.org", "localhost:8080", "http://"])
def test_an_address_that_is_none(url: str) -> None:
    with Client(url, "t", **OPTIONS) as client, pytest.raises(LabelbusError) as wrong:
        client.datastores.list()
    assert wrong.value.code == "unreachable"


def test_an_answer_that_is_not_ours(call: Call) -> None:
    welcome = Answer(200, b"<html>Welcome</html>")
    with scripted(in_turn(welcome)) as server, pytest.raises(LabelbusError, match="is this Labelbus"):
        call(server, lambda client: client.datastores.list())


@pytest.mark.parametrize("token", ["lb_secret\n", "lb_sec ret", "lb_s\u00e9cret", "lb_secret\r\nX: y"])
def test_a_token_that_can_not_be_sent_is_not_shown(token: str) -> None:
    for client in (Client, AsyncClient):
        with pytest.raises(LabelbusError) as wrong:
            client("http://127.0.0.1:9", token)
        assert (wrong.value.code, "secret" in str(wrong.value)) == ("bad_token", False)


def test_what_could_not_be_written_is_not_quoted() -> None:
    lost = httpx.LocalProtocolError("Illegal header value b'Bearer lb_secret'")
    assert "secret" not in str(Server("http://127.0.0.1:9", 0, 0).silent(lost))
