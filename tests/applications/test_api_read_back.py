"""What is answered when an application is sent is made of what was just written: read back, it says the same."""

import pytest

from tests.intake import thirteen
from tests.machine import KEY, Machine

pytestmark = pytest.mark.usefixtures("sandbox")


def test_it_reads_as_it_was_answered():
    """Expected: for every benefit the document of the 201 is that of a GET, with the same version."""
    machine = Machine()
    for number, benefit in enumerate(thirteen.BENEFITS):
        said = thirteen.example(benefit, reference=f"row-{number}")
        sent = machine.post("applications", said, key=f"{KEY}-{number}")
        assert sent.status_code == 201, (benefit, sent.content)
        again = machine.get(f"applications/{sent.json()['id']}")
        assert (again.json(), again["ETag"]) == (sent.json(), sent["ETag"]), benefit
