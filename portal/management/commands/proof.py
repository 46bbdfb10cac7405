"""The large sizes, against the running portal at PORTAL_URL: print what happened, fail if any step did."""

from portal.management.commands import demo
from portal.sandbox.demo import large


class Command(demo.Command):
    help = __doc__
    flows = large.FLOWS
