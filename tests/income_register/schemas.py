"""The register's published schemas and service descriptions, where INCOME_REGISTER_XSD names their folder."""

import os
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

SCHEMAS = os.environ.get("INCOME_REGISTER_XSD")
LOUD = "INCOME_REGISTER_XSD NAMES NO FOLDER: MESSAGES ARE NOT CHECKED AGAINST THE REGISTER'S OWN SCHEMAS"


def schema(name: str) -> etree.XMLSchema:
    if not SCHEMAS:
        pytest.skip(LOUD)
    return _schema(name)


@cache
def _schema(name: str) -> etree.XMLSchema:
    [path] = Path(SCHEMAS or "").rglob(name)
    return etree.XMLSchema(etree.parse(path))


def services() -> dict[str, etree._Element]:
    """The service descriptions by name; they lie beside the schemas or beside their folder."""
    if not SCHEMAS:
        pytest.skip(LOUD)
    folder = Path(SCHEMAS)
    found = {one.stem: etree.parse(one).getroot() for one in {*folder.rglob("*.wsdl"), *folder.parent.rglob("*.wsdl")}}
    if not found:
        pytest.skip(LOUD)
    return found
