"""XML as text, canonical as it is written: exclusive C14N, no blanks between elements, no empty-element tags."""

from datetime import UTC, datetime

from lxml import etree

BASE = "http://www.tulorekisteri.fi/2017/1"


def element(name: str, inner: str) -> str:
    return f"<{name}>{inner}</{name}>"


def group(name: str, **children: str | None) -> str:
    """An element of plain text children; without a name the children alone. What is None or empty is left out."""
    inner = "".join(f"<{child}>{text_of(text)}</{child}>" for child, text in children.items() if text)
    return element(name, inner) if name else inner


def text_of(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#xD;")


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def canonical(node: etree._Element) -> str:
    octets: bytes = etree.tostring(node, method="c14n", exclusive=True, with_comments=False, with_tail=False)  # type: ignore[call-overload]
    return octets.decode()


def without_blanks(node: etree._Element) -> etree._Element:
    """Blanks between elements mean nothing in these messages, and signatures of what is written anew cover none."""
    for one in node.iter("*"):
        one.tail = None
        if len(one) and not (one.text or "").strip():
            one.text = None
    return node
