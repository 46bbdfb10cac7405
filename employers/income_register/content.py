"""What stands in an element: its children, their texts, and what those say."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from lxml import etree

from . import values

T = TypeVar("T")
Texts = dict[str, str | None]
Parts = dict[str, etree._Element]
NOTHING = etree.Element("nothing")


class Unreadable(ValueError):
    """An element that does not hold what it must; the text is its path, never its content."""


def texts_of(element: etree._Element) -> Texts:
    return {child.tag: child.text for child in element}  # type: ignore[misc]  # comments are gone: all tags are texts


def parts_of(element: etree._Element) -> Parts:
    return {child.tag: child for child in element}  # type: ignore[misc]


def each(group: etree._Element | None, tag: str, read: Callable[[etree._Element], T]) -> tuple[T, ...]:
    return () if group is None else tuple([read(one) for one in group if one.tag == tag])


def needed(read: Callable[[Texts, str, str], T | None], texts: Texts, name: str, path: str) -> T:
    value = read(texts, name, path)
    if value is None:
        raise Unreadable(f"{path}/{name}")
    return value


def words(texts: Texts, name: str) -> str | None:
    return (texts.get(name) or "").strip() or None


def short(texts: Texts, name: str, path: str, longest: int) -> str | None:
    text = words(texts, name)
    if text is not None and len(text) > longest:
        raise Unreadable(f"{path}/{name}")
    return text


def typed(texts: Texts, name: str, path: str, read: Callable[[str], T]) -> T | None:
    text = texts.get(name)
    if text is None:
        return None
    try:
        text = text.strip()
        return read(text) if text else None
    except ValueError:
        raise Unreadable(f"{path}/{name}" if path else name) from None


def whole(texts: Texts, name: str, path: str = "") -> int | None:
    return typed(texts, name, path, values.whole)


def own_whole(element: etree._Element | None) -> int | None:
    return None if element is None else whole({str(element.tag): element.text}, str(element.tag))


def day(texts: Texts, name: str, path: str = "") -> date | None:
    return typed(texts, name, path, values.day)


def moment(texts: Texts, name: str, path: str = "") -> datetime | None:
    return typed(texts, name, path, values.moment)
