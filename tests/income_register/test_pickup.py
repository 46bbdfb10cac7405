"""Extracts from a real SFTP service: only those of the register, only whole ones, only from whom we know."""

import os
import tracemalloc
from dataclasses import replace
from io import BytesIO

import paramiko
import pytest

from employers.income_register.pickup import (
    BLOCK,
    Gone,
    Limits,
    PickupRefused,
    PickupUnavailable,
    TooLarge,
    Unfinished,
    opened,
)
from tests.income_register.sftp import know, make_key, serving

FIRST, SECOND = f"302_1_{'a' * 32}.xml", f"302_2_{'b' * 32}.xml"
QUICK = Limits(patience=5, longest=5, settles=0)


@pytest.fixture(scope="module")
def host_key(tmp_path_factory):
    return make_key(tmp_path_factory.mktemp("host") / "host.key")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "there" / "OUT").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def out(folder):
    return folder / "there" / "OUT"


@pytest.fixture
def service(folder, host_key):
    with serving(folder / "there", host_key, make_key(folder / "sftp.key")) as service:
        know(service, folder / "sftp_known_hosts")
        yield service


def fetched(service, folder, **limits):
    target = BytesIO()
    with opened(service.url, folder, limits=replace(QUICK, **limits)) as pickup:
        pickup.fetch(FIRST, target)
    return target.read()


def test_a_file_is_found_fetched_and_removed(service, folder, out):
    content = os.urandom(3 * BLOCK + 7)
    (out / FIRST).write_bytes(content)
    with opened(service.url, folder, limits=QUICK) as pickup:
        [found] = pickup.files()
        assert (found.name, found.kind, found.file_id, found.delivery_id) == (FIRST, "302", "1", "a" * 32)
        assert found.size == len(content)
        target, told = BytesIO(), []
        pickup.fetch(found.name, target, lambda: told.append(1))
        assert target.read() == content
        assert len(told) == 4
        pickup.remove(found.name)
        assert pickup.files() == []
    assert list(out.iterdir()) == []


def test_the_oldest_comes_first(service, folder, out):
    for name, changed in ((FIRST, 2_000_000), (SECOND, 1_000_000)):
        (out / name).write_bytes(b"x")
        os.utime(out / name, (changed, changed))
    with opened(service.url, folder, limits=QUICK) as pickup:
        assert [one.name for one in pickup.files()] == [SECOND, FIRST]


@pytest.mark.parametrize(
    "name",
    [
        f"{FIRST}.filepart",
        f".{FIRST}",
        "readme.txt",
        "302_1.xml",
        f"x_1_{'a' * 32}.xml",
        f"302_1_{'a' * 32}.XML",
        "a b",
    ],
)
def test_other_names_are_left_alone(service, folder, out, name):
    (out / name).write_bytes(b"x")
    with opened(service.url, folder, limits=QUICK) as pickup:
        assert pickup.files() == []
        for taken in (lambda: pickup.fetch(name, BytesIO()), lambda: pickup.remove(name)):
            with pytest.raises(PickupRefused, match="name"):
                taken()
    assert (out / name).exists()


def test_a_folder_of_that_name_is_no_file(service, folder, out):
    (out / FIRST).mkdir()
    (out / SECOND).symlink_to(folder / "sftp.key")
    with opened(service.url, folder, limits=QUICK) as pickup:
        assert pickup.files() == []


def test_what_grows_between_two_looks_is_left(service, folder, out):
    for name in (FIRST, SECOND):
        (out / name).write_bytes(b"x")
    looks = []

    def grow(path):
        looks.append(path)
        with (out / FIRST).open("ab") as file:
            file.write(b"x")

    service.looking = grow
    with opened(service.url, folder, limits=QUICK) as pickup:
        assert [one.name for one in pickup.files()] == [SECOND]
    assert len(looks) == 2


@pytest.mark.parametrize("change", [lambda path: os.truncate(path, 4 * BLOCK), lambda path: os.utime(path, (1, 1))])
def test_what_changes_while_it_is_read_is_left(service, folder, out, change):
    (out / FIRST).write_bytes(b"x" * 3 * BLOCK)
    service.reading = lambda path, offset: change(path) if offset == BLOCK else None
    with pytest.raises(Unfinished):
        fetched(service, folder)


def test_what_is_not_there_is_gone(service, folder):
    with opened(service.url, folder, limits=QUICK) as pickup:
        pickup.remove(FIRST)
        with pytest.raises(Gone):
            pickup.fetch(FIRST, BytesIO())


def test_what_is_too_large_is_not_read(service, folder, out):
    (out / FIRST).write_bytes(b"x" * 1001)
    read = []
    service.reading = lambda path, offset: read.append(offset)
    with pytest.raises(TooLarge):
        fetched(service, folder, largest=1000)
    assert read == []
    assert len(fetched(service, folder, largest=1001)) == 1001


def test_a_large_file_takes_little_memory(service, folder, out):
    (out / FIRST).touch()
    os.truncate(out / FIRST, 12 * 1024 * 1024)
    with opened(service.url, folder, limits=Limits(settles=0)) as pickup, (folder / "kept").open("w+b") as target:
        tracemalloc.start()
        pickup.fetch(FIRST, target)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert target.seek(0, os.SEEK_END) == 12 * 1024 * 1024
    assert peak < 6 * 1024 * 1024


def test_a_service_that_hangs_is_given_up(service, folder, out):
    (out / FIRST).write_bytes(b"x")
    service.reading = lambda path, offset: service.over.wait(10)
    with pytest.raises(PickupUnavailable):
        fetched(service, folder, patience=0.3)


def test_a_service_that_drips_is_given_up(service, folder, out):
    (out / FIRST).write_bytes(b"x" * 100 * BLOCK)
    service.reading = lambda path, offset: service.over.wait(0.1)
    with pytest.raises(PickupUnavailable):
        fetched(service, folder, longest=0.5)


def test_a_connection_that_is_cut_is_unavailable(service, folder, out):
    (out / FIRST).write_bytes(b"x" * 3 * BLOCK)
    service.reading = lambda path, offset: service.cut() if offset else None
    with pytest.raises(PickupUnavailable):
        fetched(service, folder)


def test_without_the_folder_there_is_nothing(service, folder, out):
    out.rmdir()
    with opened(service.url, folder, limits=QUICK) as pickup, pytest.raises(PickupUnavailable):
        pickup.files()


def test_an_unknown_host_is_refused(service, folder):
    (folder / "sftp_known_hosts").write_text("")
    with pytest.raises(PickupRefused, match="not known"), opened(service.url, folder, limits=QUICK):
        pass


def test_another_host_key_is_refused(service, folder):
    know(service, folder / "sftp_known_hosts", key=make_key(folder / "other.key"))
    with pytest.raises(PickupRefused, match="BadHostKey"), opened(service.url, folder, limits=QUICK):
        pass


def test_a_key_they_do_not_know_is_refused(service, folder):
    make_key(folder / "sftp.key")
    with pytest.raises(PickupRefused, match="Authentication"), opened(service.url, folder, limits=QUICK):
        pass


def test_an_rsa_key_will_do(service, folder, out):
    key = paramiko.RSAKey.generate(2048)
    key.write_private_key_file(str(folder / "sftp.key"))
    service.client_key = key
    (out / FIRST).write_bytes(b"x")
    assert fetched(service, folder) == b"x"


def test_nobody_there_is_unavailable(service, folder):
    service.close()
    with pytest.raises(PickupUnavailable), opened(service.url, folder, limits=QUICK):
        pass


@pytest.mark.parametrize("missing", ["sftp.key", "sftp_known_hosts"])
def test_without_keys_nobody_is_asked(service, folder, missing):
    (folder / missing).unlink()
    with pytest.raises(PickupUnavailable, match="no key"), opened(service.url, folder, limits=QUICK):
        pass
    assert service.sessions == []


@pytest.mark.parametrize("url", ["https://portal@127.0.0.1", "sftp://127.0.0.1", "sftp://portal@"])
def test_an_address_that_is_none(service, folder, url):
    with pytest.raises(PickupRefused, match="sftp://"), opened(url, folder, limits=QUICK):
        pass


def test_one_session_at_a_time(service, folder, out):
    with opened(service.url, folder, limits=QUICK):
        with pytest.raises(PickupUnavailable, match="another session"), opened(service.url, folder, limits=QUICK):
            pass
        assert len(service.sessions) == 1


def test_an_error_of_the_caller_stays_what_it_is(service, folder):
    with pytest.raises(ValueError, match="mine"), opened(service.url, folder, limits=QUICK):
        raise ValueError("mine")
