"""The committed description of the machine interface: `openapi write`, `check`, `diff`, `release`."""

import argparse
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

from portal.described.breaking import breaks
from portal.described.document import document

DOCS = settings.BASE_DIR / "docs"
NAMES = {False: "openapi.yaml", True: "openapi-agency.yaml"}
RELEASED = {False: "openapi-released.yaml", True: "openapi-agency-released.yaml"}
CHANGELOG = "api-changelog.md"


class Command(BaseCommand):
    help = (
        "openapi write: write docs/openapi.yaml and docs/openapi-agency.yaml. check: they are current, valid, and "
        "break no caller of the released ones but as docs/api-changelog.md says. diff: what breaks. release: what is "
        "written is what callers have from now on."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("verb", choices=["write", "check", "diff", "release"])
        parser.add_argument("--folder", type=Path, default=DOCS)

    def handle(self, *args: Any, verb: str, folder: Path, **options: Any) -> None:
        if not settings.SANDBOX:
            raise CommandError("The description holds the calls of the sandbox too: set SANDBOX=1.")
        getattr(self, f"_{verb}")(folder)

    def _write(self, folder: Path) -> None:
        for agency, name in NAMES.items():
            (folder / name).write_text(made(agency=agency))
            print(f"wrote {folder / name}")

    def _check(self, folder: Path) -> None:
        wrong = [*self._stale(folder), *unlisted(folder)]
        for line in wrong:
            self.stderr.write(line)
        if wrong:
            raise CommandError("The description is not current, or breaks callers without saying so.")
        print("openapi: current, valid, breaks nobody unannounced")

    def _diff(self, folder: Path) -> None:
        for line in broken(folder):
            print(line)

    def _release(self, folder: Path) -> None:
        self._check(folder)
        for agency, name in NAMES.items():
            (folder / RELEASED[agency]).write_text((folder / name).read_text())
            print(f"released {folder / name}")

    def _stale(self, folder: Path) -> list[str]:
        return [
            f"{folder / name} is not what the code says: manage.py openapi write"
            for agency, name in NAMES.items()
            if not (folder / name).exists() or (folder / name).read_text() != made(agency=agency)
        ]


def made(*, agency: bool) -> str:
    """As YAML, valid and without a warning. Raises CommandError."""
    found = document(agency=agency)
    if GENERATOR_STATS:
        GENERATOR_STATS.emit_summary()
        raise CommandError("drf-spectacular warns of the description.")
    validate_schema(found)  # type: ignore[no-untyped-call]
    rendered: bytes = OpenApiYamlRenderer().render(found, renderer_context={})  # type: ignore[no-untyped-call]
    return rendered.decode()


def broken(folder: Path) -> list[str]:
    """Against what was released last."""
    return [
        line
        for agency, name in NAMES.items()
        if (folder / RELEASED[agency]).exists()
        for line in breaks(read(folder / RELEASED[agency]), read(folder / name))
    ]


def unlisted(folder: Path) -> list[str]:
    """Breaks that the changelog does not quote."""
    text = (folder / CHANGELOG).read_text() if (folder / CHANGELOG).exists() else ""
    return [
        f"breaks callers and {CHANGELOG} does not say `{line}`" for line in broken(folder) if f"`{line}`" not in text
    ]


def read(path: Path) -> Any:
    return yaml.load(path.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  both are safe
