"""What Suomi.fi's codes and mandates come to: the table beside the code, and one of the operator's own."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from employers.organisations import rights
from employers.organisations.roles import MANDATE, BadTable, meaning, read_table

ON = date(2026, 11, 22)
APPLY = MANDATE + "palvelussuhteeseen_liittyvien_etuuksien_hakeminen"


@pytest.mark.parametrize(
    ("said", "gives", "offices"),
    [
        (["TJ"], (), ("managing_director",)),
        (["NIMKO"], (), ("signatory",)),
        (["ELI"], (), ("sole_trader",)),
        (["PJ", "S"], (), ("board_chair", "liquidator")),
        (["J", "IS", "YHM", "TIL"], (), ()),
        ([APPLY], ("apply",), ()),
        ([APPLY, "TJ", "unheard of"], ("apply",), ("managing_director",)),
        ([MANDATE + "avustushakemuksen_tekeminen"], (), ()),
        ([], (), ()),
    ],
)
def test_what_it_comes_to(said: list[str], gives: tuple[str, ...], offices: tuple[str, ...]) -> None:
    found = meaning(said, on=ON, table=read_table())
    assert (found.rights, found.offices) == (gives, offices)


def test_every_right_has_a_mandate_and_what_nobody_published_says_so() -> None:
    mandates = [one for one in read_table() if one.rights]
    assert {right for one in mandates for right in one.rights} == set(rights.RIGHTS)
    assert {one.status for one in mandates} == {"unverified"}
    assert {one.said for one in read_table() if one.status == "official"} == {"TJ", "NIMKO"}


def test_another_table_with_days(tmp_path: Path) -> None:
    own = tmp_path / "roles.toml"
    own.write_text(
        '[[mandate]]\nname = "hakeminen"\nrights = ["apply"]\nstatus = "official"\n'
        "from = 2026-01-01\nuntil = 2026-11-22\n"
    )
    said, table = [MANDATE + "hakeminen"], read_table(own)
    assert meaning(said, on=ON, table=table).rights == ("apply",)
    assert meaning(said, on=ON + timedelta(days=1), table=table).rights == ()
    assert meaning(said, on=date(2025, 12, 31), table=table).rights == ()


@pytest.mark.parametrize(
    "wrong", ['rights = ["fly"]', 'rights = ["apply"]\nname = "x"\nfrom = 2026-01-01\nstatus = "so"']
)
def test_a_table_that_names_what_is_not_there_is_refused(tmp_path: Path, wrong: str) -> None:
    own = tmp_path / "roles.toml"
    own.write_text(f"[[mandate]]\n{wrong}")
    with pytest.raises(BadTable):
        read_table(own)
