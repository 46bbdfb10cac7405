"""Where a figure comes from is told in the reader's language: the provision, the page, and what is remarked on it."""

import pytest
from django.utils.translation import override

from employers.benefits.law import files
from employers.law import words

REFERENCES = sorted({value.reference for one in files().values() for value in one.values if value.value is not None})


@pytest.mark.parametrize("reference", REFERENCES)
def test_every_source_is_told(reference):
    assert any(words.source(reference).values())


@pytest.mark.parametrize(
    ("reference", "provision", "note"),
    [
        ("Sairausvakuutuslaki 1224/2004 11:1.5", "Health Insurance Act 1224/2004 11:1.5", ""),
        ("Laki 566/2005 32 a §", "Act 566/2005 32 a §", ""),
        ("Laki 566/2005 41 § (1028/2022)", "Act 566/2005 41 §", ""),
        ("Kirjanpitolaki 1336/1997 1:4", "Accounting Act 1336/1997 1:4", ""),
        ("No source gives the amount", "", "assumed, no source gives the amount"),
    ],
)
def test_provision_with_the_name_of_its_act(reference, provision, note):
    with override("en"):
        told = words.source(reference)
    assert (told["provision"], told["note"]) == (provision, note)
