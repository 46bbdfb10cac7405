"""The runner's command line. It needs a sandbox it can reach, and no setting or database of a portal's."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from portal.conformance.every import SCENARIOS
from portal.conformance.play import Scenario, Write, play, summary
from portal.conformance.stage import Stage
from portal.conformance.vendor import Vendor

HELP = "Play the scenarios of a vendor's integration against a sandbox, and print what passed and what failed."
SECRET = "CONFORMANCE_CLIENT_SECRET"  # noqa: S105  the name of a variable, where a command line would be seen


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--base-url", default="http://127.0.0.1:8000")
    parser.add_argument("--client-id", default="sandbox-payroll")
    parser.add_argument("--client-secret", default="", help=f"or {SECRET}; else the id followed by -secret")
    parser.add_argument("--other-client-id", default="sandbox-other", help="of another organisation: is refused things")
    parser.add_argument("--other-client-secret", default="")
    parser.add_argument("--private-key", type=Path, help="PEM; its public half is registered for the client")
    parser.add_argument("--receiver-port", type=int, default=0, help="where webhooks arrive; any free one by default")
    parser.add_argument("--receiver-url", default="", help="how a sandbox elsewhere reaches that port")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="this scenario; may be repeated")
    parser.add_argument("--keep", action="store_true", help="leave clock and data: without the scenario that resets")
    parser.add_argument("--list", action="store_true", help="name the scenarios, and play none")


def run(options: dict[str, Any], *, write: Write = sys.stdout.write) -> int:
    """The exit code: 0 when all passed, 1 when one failed, 2 for a scenario that there is not."""
    chosen = _chosen(options["only"], keep=options["keep"])
    if options["list"]:
        write("".join(f"{one.name:<26} {one.title}\n" for one in chosen))
        return 0
    unknown = sorted(set(options["only"]) - {one.name for one in SCENARIOS})
    if unknown:
        write(f"No such scenario: {', '.join(unknown)}. --list names them.\n")
        return 2
    stage = _stage(options)
    try:
        results = play(chosen, stage, write=write)
    finally:
        stage.close()
    write(summary(results))
    return 0 if all(one.passed for one in results) else 1


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="manage.py conformance", description=HELP)
    arguments(parser)
    return run(vars(parser.parse_args(argv)))


def _chosen(only: list[str], *, keep: bool) -> list[Scenario]:
    chosen = [one for one in SCENARIOS if not only or one.name in only]
    return [one for one in chosen if not (keep and one.name == "clock-and-reset")]


def _stage(options: dict[str, Any]) -> Stage:
    base, name, other = options["base_url"], options["client_id"], options["other_client_id"]
    secret = options["client_secret"] or os.environ.get(SECRET) or f"{name}-secret"
    return Stage(
        vendor=Vendor(base, name, secret),
        other=Vendor(base, other, options["other_client_secret"] or f"{other}-secret"),
        private_key=options["private_key"],
        receiver_port=options["receiver_port"],
        receiver_url=options["receiver_url"],
    )
