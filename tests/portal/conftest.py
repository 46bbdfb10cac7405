"""One world of everything and everybody, for each test that walks the routes."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.portal.world import World


@pytest.fixture
def world(sandbox: None, settings: Any, tmp_path: Path) -> "World":
    from tests.portal.world import World

    settings.CLOCK_FILE = tmp_path / "clock"
    settings.STEP_UP_SECONDS = settings.SESSION_LONGEST  # one sign-in each lasts for the whole walk
    return World()
