"""`parameters check`: each fault of a file is told, and the files we have are sound."""

from pathlib import Path

import pytest
from django.core.management import call_command

from employers.benefits.law import FOLDER
from employers.law.faults import faults

SOUND = """
description = "Donors: a limit"
title = { en = "Limit", fi = "Raja", sv = "Gräns" }
reference = "An act"
unit = "EUR/year"
[values]
2025-01-01 = { value = 100, status = "official" }
2026-01-01 = { value = 110, low = 105, high = 115, status = "estimate" }
2027-01-01 = { status = "unknown" }
"""
CODE = 'LIMIT = "donor.limit"\n'


@pytest.fixture
def checked(tmp_path):
    """Of one file `donor/limit.toml`, written as given, and one module that names it."""

    def check(text: str = SOUND, *, code: str = CODE, encoding: str = "utf-8") -> list[str]:
        folder, sources = tmp_path / "parameters", tmp_path / "code"
        (folder / "donor").mkdir(parents=True)
        sources.mkdir()
        (folder / "donor" / "limit.toml").write_text(text, encoding=encoding)
        (sources / "donor.py").write_text(code)
        return list(faults(folder, sources=sources))

    return check


def test_a_sound_file_has_no_fault(checked):
    assert checked() == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('"Donors: a limit"', '" "', "no description"),
        ('fi = "Raja", ', "", "no title in fi"),
        ('sv = "Gräns"', 'sv = ""', "no title in sv"),
        ('"EUR/year"', '"EUR/yaer"', "unknown unit: 'EUR/yaer'"),
        ('"An act"', '""', "2025-01-01: no source"),
        ('status = "official"', 'status = "offical"', "2025-01-01: unknown status: 'offical'"),
        ('2027-01-01 = { status = "unknown" }', "", "set yearly, and no start from which it is unknown"),
        ('2027-01-01 = { status = "unknown" }', '2027-01-01 = { status = "official" }', "2027-01-01: a value is given"),
        ("{ value = 100,", "{ value = -100,", "2025-01-01: not a number from 0"),
        ("{ value = 100,", "{ value = nan,", "2025-01-01: not a number from 0"),
        ("low = 105, ", "", "2026-01-01: estimate: low and high are needed"),
        ("low = 105", "low = 111", "2026-01-01: the value is not between low and high"),
        ("{ value = 100,", "{ value = 100, low = 90,", "2025-01-01: official: no low nor high"),
        ("{ value = 100,", "{ value = 100, hihg = 90,", "unknown member: hihg"),
        ("unit =", "unti =", "cannot be read: KeyError"),
        ("2025-01-01", "2025-13-01", "cannot be read: ValueError"),
        ("{ value = 100,", '{ value = "a",', "cannot be read: InvalidOperation"),
        ("[values]", "[values", "cannot be read: TOMLDecodeError"),
    ],
)
def test_each_fault_is_told(checked, before, after, fault):
    assert before in SOUND
    found = checked(SOUND.replace(before, after, 1))
    assert any(line.startswith(f"donor.limit: {fault}") for line in found), found


def test_a_value_that_is_not_set_yearly_needs_no_end(checked):
    assert checked(SOUND.replace("EUR/year", "EUR").replace('2027-01-01 = { status = "unknown" }', "")) == []


def test_a_value_that_ended_once_has_to_end(checked):
    again = '2027-01-01 = { status = "unknown" }\n2028-01-01 = { value = 120, status = "official" }'
    found = checked(SOUND.replace("EUR/year", "EUR").replace('2027-01-01 = { status = "unknown" }', again))
    assert found == ["donor.limit: set yearly, and no start from which it is unknown"]


def test_a_file_that_no_code_names_is_told(checked):
    assert checked(code="") == ["donor.limit: nothing in the code names it"]


def test_a_name_without_a_file_is_told(checked):
    assert checked(code=CODE + 'law.value("donor.limti")') == ["donor.limti: named in the code, and there is no file"]


def test_a_name_that_is_put_together_is_a_name(checked):
    assert checked(code='law.value(f"{group}.limit")') == []


def test_our_files_are_sound():
    assert list(faults(FOLDER, sources=FOLDER.parents[1])) == []


def test_the_command_says_that_all_is_well(capsys):
    call_command("parameters", "check")
    assert "parameters are sound" in capsys.readouterr().out


def test_the_command_fails_with_a_line_for_each_fault(tmp_path, capsys):
    folder = Path(tmp_path) / "donor"
    folder.mkdir()
    (folder / "limit.toml").write_text(SOUND.replace('"An act"', '""'), encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        call_command("parameters", "check", "--folder", str(tmp_path))
    assert ended.value.code == 1
    assert "donor.limit: 2025-01-01: no source\n" in capsys.readouterr().out
