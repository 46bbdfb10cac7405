"""The house: state folders, keys, servers, processes, set-up and translations."""

import configparser
import os
import socket
import stat
import subprocess
import sys

import psycopg
import pytest
from babel.messages.catalog import Catalog

from portal.sandbox import install, run, servers, translations
from portal.sandbox.postgresql import PostgreSQL
from portal.sandbox.state import KEYS, PROJECT, State, StateError
from portal.sandbox.supervisor import Program, configuration, programs


@pytest.fixture
def state(tmp_path):
    made = State("run", tmp_path / "state")
    made.prepare()
    return made


@pytest.fixture
def no_servers_given(monkeypatch):
    for name in ("DATABASE_URL", "CELERY_BROKER_URL", *KEYS):
        monkeypatch.delenv(name, raising=False)


def test_keys_are_made_once_and_only_the_owner_reads_them(state):
    first = state.keys()
    assert set(first) == set(KEYS)
    assert state.keys() == first
    assert stat.S_IMODE((state.path / "keys").stat().st_mode) == 0o600


def test_data_without_its_keys_is_refused(state):
    (state.path / "postgres").mkdir()
    (state.path / "postgres" / "PG_VERSION").write_text("18\n")
    with pytest.raises(StateError, match="holds data, but its keys"):
        state.keys()


def test_keys_of_the_environment_win_when_all_are_given(state):
    given = dict.fromkeys(KEYS, "given")
    assert state.keys_or(given) == given
    assert not (state.path / "keys").exists()
    with pytest.raises(StateError, match="or none of them"):
        state.keys_or({"INDEX_KEY": "given"})


def test_one_kind_of_start_never_wipes_the_state_of_another(state):
    (state.path / "keys").write_text("precious")
    with pytest.raises(StateError, match="holds the state of run, not of demo"):
        State("demo", state.path).wipe()
    assert (state.path / "keys").read_text() == "precious"


def test_a_folder_that_is_not_a_state_is_left_alone(tmp_path):
    (tmp_path / "thesis.odt").write_text("precious")
    with pytest.raises(StateError, match="something else"):
        State("demo", tmp_path).wipe()
    assert (tmp_path / "thesis.odt").exists()


def test_a_deep_folder_gets_its_sockets_elsewhere_and_remembers_where(tmp_path):
    deep = State("run", tmp_path / ("x" * 60) / ("y" * 60))
    deep.prepare()
    folder = deep.socket_folder()
    try:
        assert len(os.fsencode(folder / ".s.PGSQL.5432.lock")) < 107
        assert State("run", deep.path).socket_folder() == folder
    finally:
        folder.rmdir()


def test_a_folder_in_use_is_refused_at_once(state):
    with (
        state.locked(wait=False),
        pytest.raises(StateError, match="Already running"),
        State("run", state.path).locked(wait=False),
    ):
        pass


def test_a_taken_port_is_refused_in_one_line(state, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(number))
        with pytest.raises(StateError, match=f"Port {number} is taken"):
            run.web_port(state)
    monkeypatch.setenv("PORT", "eighty")
    with pytest.raises(StateError, match="not a port number"):
        run.web_port(state)


def test_a_port_is_kept_between_starts_until_somebody_else_has_it(state):
    number = state.port("register")
    assert state.port("register") == number
    with socket.create_server(("127.0.0.1", number)):
        assert state.port("register") != number


def test_supervisor_runs_every_program_and_restarts_them(state):
    parsed = configparser.RawConfigParser()
    parsed.read_string(configuration(state, programs(state)))
    names = {section for section in parsed.sections() if section.startswith("program:")}
    assert names == {
        "program:web",
        "program:worker",
        "program:official",
        "program:scheduler",
        "program:register",
        "program:mandates",
        "program:clamd",
        "program:identification",
    }
    assert {parsed[name]["autorestart"] for name in names} == {"true"}


def test_supervisor_configuration_survives_odd_paths_and_holds_no_secret(state):
    text = configuration(state, [Program("web", ("/a b/100%/python", 'say "hi"'))])
    assert 'command = "/a b/100%%/python" "say \\"hi\\""' in text
    assert not any(value in text for value in state.keys().values())


def test_servers_start_answer_and_stop(state, no_servers_given):
    given = servers.start(state, durable=False)
    try:
        with psycopg.connect(given["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT 1, lower('ÄÖ'), current_database()").fetchone() == (1, "äö", "portal")
        assert given["CELERY_BROKER_URL"].startswith("redis://127.0.0.1:")
        assert servers.start(state, durable=False) == given, "a second start finds the first one's servers"
    finally:
        servers.stop(state)
    assert not PostgreSQL(state).is_running()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(given["DATABASE_URL"])


def test_given_servers_win_and_nothing_is_started(state, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/portal")
    monkeypatch.setenv("CELERY_BROKER_URL", "amqp://elsewhere")
    assert servers.start(state) == {
        "DATABASE_URL": "postgres://elsewhere/portal",
        "CELERY_BROKER_URL": "amqp://elsewhere",
    }
    assert not (state.path / "postgres").exists()
    assert not (state.path / "broker").exists()


def test_what_was_set_up_for_development_stays_so(tmp_path):
    assert install.choose("sandbox", venv=tmp_path) == "sandbox"
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "pytest").touch()
    assert install.choose("sandbox", venv=tmp_path) == "dev"
    assert install.choose("proof", venv=tmp_path) == "proof"


def test_the_set_up_needs_the_standard_library_only():
    code = "import sys; sys.path.insert(0, sys.argv[1]); import install; print(install.PROJECT)"
    command = [sys.executable, "-I", "-S", "-c", code, str(PROJECT / "portal" / "sandbox")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == str(PROJECT)


def message(text, translation, flags=()):
    catalog = Catalog(locale="fi", fuzzy=False)
    return catalog.add(text, translation, flags=flags)


@pytest.mark.parametrize(
    ("text", "translation", "agree"),
    [
        ("Pay %(sum)s", "Maksa %(sum)s", True),
        ("Pay %(sum)s", "Maksa %(summa)s", False),
        ("Pay {sum}", "Maksa", False),
        ("From {first} to {last}", "{last} asti, alkaen {first}", True),
        ("70 %% of %s", "70 %% luvusta %s", True),
        (("One day", "%(days)s days"), ("Yksi päivä", "%(days)s päivää"), True),
        (("One day", "%(days)s days"), ("%(days)s päivä", "%(days)s päivää"), True),
        (("One day", "%(days)s days"), ("Yksi päivä", "päiviä"), False),
    ],
)
def test_placeholders_of_text_and_translation_agree(text, translation, agree):
    assert translations.placeholders_agree(message(text, translation)) is agree


def test_every_kind_of_fault_in_a_catalogue_is_told():
    found, kept = Catalog(), Catalog(locale="fi", fuzzy=False)
    for text in ("new", "empty", "guess", "sum %s", "good"):
        found.add(text)
    kept.add("empty", "")
    kept.add("guess", "arvaus", flags=["fuzzy"])
    kept.add("sum %s", "summa")
    kept.add("good", "hyvä")
    kept.add("old", "vanha")
    assert list(translations.problems(found, kept, "fi")) == [
        "fi: missing: 'new'",
        "fi: no longer in the code: 'old'",
        "fi: not translated: 'empty'",
        "fi: fuzzy: 'guess'",
        "fi: other placeholders than 'sum %s': 'summa'",
    ]


def test_texts_are_found_in_code_and_in_templates():
    template = """{% load i18n %}
        <p>Don't (stop
      {% translate "Sick leave" %}{% blocktranslate count n=days trimmed %}
         One day {% plural %} {{ n }} days {% endblocktranslate %}</p>"""
    found = {text: context for _line, text, _comments, context in translations._texts(template, is_template=True)}
    assert found == {"Sick leave": None, ("One day", "%(n)s days"): None}
    code = 'label = pgettext_lazy("of a claim", "state")'
    assert [(t, c) for _l, t, _x, c in translations._texts(code, is_template=False)] == [("state", "of a claim")]
