"""Hints over connections that break."""

from itertools import islice

import pytest

from labelbus import AsyncClient, Client, LabelbusError
from labelbus.models.events import Event
from tests.client.conftest import OPTIONS, Call
from tests.client.server import Answer, Asked, problem, scripted

HEAD = b"retry: 1000\n: open\n\n"
ONE = b'event: project\ndata: {"project":"p1","version":7}\n\n'
TWO = b'event: of_later\ndata: {"project":"p2","id":"e1"}\n\n: alive\n\n'


def test_a_lost_connection_is_opened_again(call: Call) -> None:
    answers = [
        Answer(200, HEAD + ONE + TWO, cut=len(HEAD + ONE) + 20),
        problem(503, "not_ready", retryable=True),
        Answer(200, HEAD + TWO + b"event: session\ndata: {}\n\n"),
        problem(401, "signed_out"),
    ]
    asked: list[Asked] = []

    def script(one: Asked) -> Answer:
        asked.append(one)
        return answers[len(asked) - 1]

    seen = list[Event]()

    async def of_asyncio(client: AsyncClient) -> None:
        async for event in client.events.follow("p1"):
            seen.append(event)

    def blocking(client: Client) -> None:
        for event in client.events.follow("p1"):
            seen.append(event)

    def follow(client: Client | AsyncClient) -> object:
        if isinstance(client, AsyncClient):
            return of_asyncio(client)
        blocking(client)
        return None

    with scripted(script) as server, pytest.raises(LabelbusError) as over:
        call(server, follow)
    assert over.value.code == "signed_out"
    assert [event.kind for event in seen] == ["open", "project", "open", "of_later"]
    assert (seen[1].project, seen[1].version, seen[3].id) == ("p1", 7, "e1")
    assert [one.path for one in asked] == ["/api/v1/events?project=p1"] * 4


def test_who_has_seen_enough_stops() -> None:
    with scripted(lambda _asked: Answer(200, HEAD + ONE)) as server, Client(server.url, "t", **OPTIONS) as client:
        assert [event.kind for event in islice(client.events.follow(), 4)] == ["open", "project"] * 2


def test_a_server_that_stays_away_is_told(call: Call) -> None:
    with scripted(lambda _asked: Answer(cut=-1)) as server, pytest.raises(LabelbusError) as away:
        call(server, lambda client: client.events.follow())
    assert (away.value.code, len(server.asked)) == ("unreachable", OPTIONS["retries"] + 1)
