"""What the pages under docs/ and the description of the interface say is what the code has."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from employers.applications.compare import CODES
from employers.applications.dismiss import REASONS
from employers.income_register.models_subscriptions import RegisterAlarm, RegisterSubscription
from employers.management.commands.register import Command
from portal.described.every import CALLS, EXAMPLES, MEMBERS, SHAPES
from portal.sandbox.register.faults import BEHAVIOURS, WELL
from portal.sandbox.state import PROJECT


def told(name: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", (PROJECT / "docs" / name).read_text()))


def test_operators_read_of_every_alarm_and_of_every_state_of_an_order():
    wanted = {*RegisterAlarm.Kind.values, *RegisterSubscription.Status.values}
    assert wanted - told("incomes-register.md") == set()


def test_every_way_to_misbehave_is_told():
    assert {*BEHAVIOURS} - {WELL} - told("incomes-register.md") == set()


def test_every_verb_of_the_command_line_is_told():
    text = (PROJECT / "docs" / "incomes-register.md").read_text()
    verbs = {verb for verb in vars(Command) if f"register {verb.replace('_', '-')}" in (Command.help or "")}
    assert len(verbs) == 6
    assert {verb for verb in verbs if f"manage.py register {verb.replace('_', '-')}" not in text} == set()


def test_every_code_of_a_finding_is_told():
    assert {*CODES, *REASONS} - told("findings.md") == set()


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{path.name}" for path in (PROJECT / "docs").glob("*.md"))])
def test_every_path_and_link_leads_somewhere(page):
    text, folder = (PROJECT / page).read_text(), (PROJECT / page).parent
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith("http")]
    assert [link for link in links if link and not (folder / link).exists()] == []
    paths = re.findall(r"`((?:employers|portal|tests|customers)/[\w/.]+)`", text)
    assert [path for path in paths if not (PROJECT / path).exists()] == []


def test_words_of_the_interface_are_about_what_is_there():
    assert {(name, word) for name in MEMBERS for word in MEMBERS[name]} <= {
        (name, member) for name in MEMBERS for member in SHAPES[name]["properties"]
    }
    assert {name.partition(" ")[0] for name in EXAMPLES} <= set(SHAPES)
    assert {told.takes for told in CALLS.values()} <= {None, *SHAPES}


@pytest.mark.django_db
def test_the_welcome_tells_where_the_register_is(settings):
    settings.REGISTER_URL, settings.REGISTER_SFTP_URL = "https://127.0.0.1:1", "sftp://portal@127.0.0.1:2"
    text = StringIO()
    call_command("sandbox_welcome", stdout=text)
    for part in ("https://127.0.0.1:1", "sftp://portal@127.0.0.1:2", "connection.key", "every customer of"):
        assert part in text.getvalue()
    assert set(re.findall(r"ask -d (\w+)", text.getvalue())) <= set(BEHAVIOURS)
