"""The large sizes against the running portal at PORTAL_URL, and the tests of the law put to the test.

Prints what happened, fails if any step did.
"""

from portal.management.commands import demo
from portal.sandbox.demo import large, lawful


class Command(demo.Command):
    help = __doc__
    flows = (*large.FLOWS, *lawful.FLOWS)
