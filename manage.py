#!/usr/bin/env python
"""Django's command line."""

import os
import sys


def main() -> None:
    if sys.argv[1:2] == ["conformance"]:  # a vendor's machine has none of a portal's keys, and needs none
        from portal.conformance.command import main as play

        sys.exit(play(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from django.core.management import execute_from_command_line

    import portal.celery  # noqa: F401  the doorbell needs the configured app wherever Django runs

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
