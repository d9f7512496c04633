"""Methods of both clients, written once: what a method is declared as a flow, each client runs in its own way.

`Client` calls `client.projects.get(id)` and has a project; `AsyncClient` awaits the same call.
"""

from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from functools import update_wrapper
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, overload

from labelbus.drivers import AsyncDriver, BlockingDriver
from labelbus.routes import Server
from labelbus.steps import Flow, Pages

P = ParamSpec("P")
T = TypeVar("T")
D = TypeVar("D", BlockingDriver, AsyncDriver)


class Noun(Generic[D]):
    """Base of `client.projects` and its like."""

    def __init__(self, driver: D, server: Server) -> None:
        self.driver: D = driver
        self.server = server


class method(Generic[P, T]):  # noqa: N801 - a decorator
    """Makes a method that answers a T of a function that answers a flow of T."""

    def __init__(self, declared: Callable[Concatenate[Any, P], Flow[T]]) -> None:
        self._declared = declared
        update_wrapper(self, declared)  # type: ignore[arg-type]  # it takes the place of the function

    @overload
    def __get__(self, noun: Noun[BlockingDriver], owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, noun: Noun[AsyncDriver], owner: type) -> Callable[P, Coroutine[Any, Any, T]]: ...
    def __get__(self, noun: Any, owner: type) -> Any:
        """The method of one client."""

        def bound(*args: Any, **options: Any) -> Any:
            return noun.driver.run(self._declared(noun, *args, **options))

        return update_wrapper(bound, self._declared) if noun is not None else self


class pages(Generic[P, T]):  # noqa: N801 - a decorator
    """Makes a method that iterates over T of a function that answers pages of T."""

    def __init__(self, declared: Callable[Concatenate[Any, P], Pages[T]]) -> None:
        self._declared = declared
        update_wrapper(self, declared)  # type: ignore[arg-type]  # it takes the place of the function

    @overload
    def __get__(self, noun: Noun[BlockingDriver], owner: type) -> Callable[P, Generator[T]]: ...
    @overload
    def __get__(self, noun: Noun[AsyncDriver], owner: type) -> Callable[P, AsyncGenerator[T]]: ...
    def __get__(self, noun: Any, owner: type) -> Any:
        """The method of one client."""

        def bound(*args: Any, **options: Any) -> Any:
            return noun.driver.iterate(self._declared(noun, *args, **options))

        return update_wrapper(bound, self._declared) if noun is not None else self
