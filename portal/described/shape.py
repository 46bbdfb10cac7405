"""Words to write shapes of bodies in: JSON Schema 2020-12, as OpenAPI 3.1 takes it."""

from collections.abc import Iterable, Mapping
from typing import Any

Shape = dict[str, Any]


class Elsewhere(str):
    """Where an example is that no text can show."""

    __slots__ = ()


TEXT: Shape = {"type": "string"}
YES_NO: Shape = {"type": "boolean"}
COUNT: Shape = {"type": "integer", "minimum": 0}
ID: Shape = {"type": "string", "format": "uuid"}
DAY: Shape = {"type": "string", "format": "date"}
MOMENT: Shape = {"type": "string", "format": "date-time"}
MONEY: Shape = {"type": "string", "pattern": r"^-?[0-9]{1,12}\.[0-9]{2}$"}
BUSINESS_ID: Shape = {"type": "string", "pattern": r"^[0-9]{7}-[0-9]$"}
REFERENCE: Shape = {"type": "string", "pattern": r"^[A-Za-z0-9._-]{1,64}$"}


def ref(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{name}"}


def maybe(shape: Shape) -> Shape:
    return {"anyOf": [shape, {"type": "null"}]}


def one_of(values: Iterable[str]) -> Shape:
    return {"type": "string", "enum": list(values)}


def many(shape: Shape, **limits: int) -> Shape:
    return {"type": "array", "items": shape, **limits}


def answer(**members: Shape) -> Shape:
    """Every member is there; more may come without notice."""
    return {"type": "object", "required": list(members), "properties": members}


def answer_with(sometimes: Mapping[str, Shape], **members: Shape) -> Shape:
    """Some members are there only at times."""
    always = answer(**members)
    return {**always, "properties": {**members, **sometimes}}


def body(*required: str, **members: Shape) -> Shape:
    """Unknown members are refused."""
    return {
        "type": "object",
        "properties": members,
        "additionalProperties": False,
        **({"required": list(required)} if required else {}),
    }


def page(name: str) -> Shape:
    return answer(
        items=many(ref(name)), next={**maybe(TEXT), "description": "`cursor` of the next page; null: no more."}
    )


def worded(shapes: Mapping[str, Shape], words: Mapping[str, Mapping[str, str]]) -> dict[str, Shape]:
    """The shapes with what their members mean. Shapes are shared between members, so none is changed."""
    return {name: _worded(shape, words.get(name, {})) for name, shape in shapes.items()}


def _worded(shape: Shape, words: Mapping[str, str]) -> Shape:
    if not words:
        return shape
    members = {
        name: {**member, "description": words[name]} if name in words else member
        for name, member in shape["properties"].items()
    }
    return {**shape, "properties": members}
