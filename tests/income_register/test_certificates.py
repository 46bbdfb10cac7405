"""Which certificates of the folder expire soon, and whose signatures we believe."""

from datetime import timedelta

import pytest

from employers.income_register.certificates import expiring, pinned
from tests.income_register.authority import NOW, Authority

TODAY = NOW.date()


@pytest.fixture
def authority():
    return Authority()


def issue(authority, folder, name, *, days):
    """A file may hold several, one after another."""
    authority.issue(folder / "issued", until=NOW + timedelta(days=days))
    with (folder / f"{name}.crt").open("ab") as file:
        file.write((folder / "issued.crt").read_bytes())
    (folder / "issued.crt").unlink()


def told(folder, **asked):
    return [(one.name, one.subject, one.days_left) for one in expiring(folder, on=TODAY, **asked)]


def test_sixty_days_ahead_and_soonest_first(tmp_path, authority):
    for name, days in (("portal", 61), ("connection", 60), ("register", -3), ("sftp", 1)):
        issue(authority, tmp_path, name, days=days)
    assert told(tmp_path) == [("register.crt", "issued", -3), ("connection.crt", "issued", 60)]
    assert [name for name, *_ in told(tmp_path, within=timedelta(days=61))][-1] == "portal.crt"
    assert told(tmp_path, within=timedelta(0)) == [("register.crt", "issued", -3)]


@pytest.mark.parametrize("order", [(5, 700), (700, 5)])
def test_an_old_one_that_a_new_one_follows_is_no_worry(tmp_path, authority, order):
    for days in order:
        issue(authority, tmp_path, "register", days=days)
    assert len(pinned(tmp_path)) == 2
    assert told(tmp_path) == []


def test_one_of_another_subject_does_not_follow(tmp_path, authority):
    issue(authority, tmp_path, "authority", days=5)
    with (tmp_path / "authority.crt").open("ab") as file:
        authority.write(tmp_path / "other.crt")
        file.write((tmp_path / "other.crt").read_bytes())
    assert told(tmp_path) == [("authority.crt", "issued", 5)]


def test_what_is_not_there_does_not_expire(tmp_path):
    assert told(tmp_path) == []
    with pytest.raises(FileNotFoundError):
        pinned(tmp_path)


def test_a_broken_file_says_so(tmp_path):
    (tmp_path / "register.crt").write_text("nothing")
    with pytest.raises(ValueError):
        pinned(tmp_path)


def test_a_renewed_file_is_read_anew(tmp_path, authority):
    issue(authority, tmp_path, "portal", days=5)
    assert told(tmp_path)
    (tmp_path / "portal.crt").unlink()
    issue(authority, tmp_path, "portal", days=700)
    assert told(tmp_path) == []
