"""XML from strangers: no entities, no document types, no more of it in memory than the element at hand."""

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import iterparse

from services.ingest.imports.readers.marks import Unreadable


def elements(file: IO[bytes], root: str, wanted: str) -> Iterator[Element]:
    """Each whole element `wanted` of a document whose outermost is `root`, or is it. Raises Unreadable."""
    top: Element | None = None
    try:
        for event, element in iterparse(file, ("start", "end"), forbid_dtd=True):
            if top is None:
                top = element
                if element.tag != root:
                    raise Unreadable(f"The XML begins with {element.tag[:100]!r}, not with {root!r}.")
            if event == "end" and element.tag == wanted:
                yield element
                element.clear()
                top.clear()
    except ParseError as error:
        raise Unreadable(f"The XML is broken: {error}.") from error
    except DefusedXmlException as error:
        what = "a document type" if isinstance(error, DTDForbidden) else "entities of its own"
        raise Unreadable(f"The XML has {what} (<!DOCTYPE …>), which no labels need. Take that out of it.") from error
    except (LookupError, ValueError) as error:
        raise Unreadable(f"The XML has an encoding that is not read: {error}. Save it as UTF-8.") from error
