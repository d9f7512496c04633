"""Logs: one JSON object a line on stdout, with the request id and event ids of whatever is being worked on."""

import logging
import sys
from typing import Any

import structlog

_SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]
# They log each poll or each refused connection, which says nothing that our own lines and metrics do not say.
_CHATTY = {
    "aiokafka": logging.CRITICAL,
    "pymongo": logging.WARNING,
    "faststream": logging.ERROR,
}


def configure(service: str, level: str) -> None:
    """Send everything that is logged, by us and by libraries, to stdout as JSON."""
    structlog.configure(
        processors=[_named(service), *_SHARED, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[_named(service), *_SHARED],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name, least in _CHATTY.items():
        logging.getLogger(name).setLevel(least)


def _named(service: str) -> structlog.typing.Processor:
    def add(_logger: Any, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        event["service"] = service
        return event

    return add


def get(**bound: object) -> structlog.typing.FilteringBoundLogger:
    """A logger. Events are words with underscores, facts keyword arguments; `alarm=True` marks what wakes people."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger(**bound)
    return logger
