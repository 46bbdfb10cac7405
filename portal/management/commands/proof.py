"""The large sizes against the running portal at PORTAL_URL, those of the register, and the law's tests put to the test.

Prints what happened, fails if any step did.
"""

from portal.management.commands import demo
from portal.sandbox.demo import large, lawful, sizes


class Command(demo.Command):
    help = __doc__
    flows = (*large.FLOWS, *sizes.FLOWS, *lawful.FLOWS)
