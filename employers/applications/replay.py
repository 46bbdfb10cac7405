"""Make an estimate again as it was made: the claim as it was said, what was known then, and the law of then.

To the same cents, whatever was filed, entered or approved since. Its problems are those of the law alone: what the
tables knew at the time stands with what was kept.
"""

from employers.applications import basis
from employers.applications.models import ApplicationVersion, Decision
from employers.benefits import rules
from employers.benefits.claim import from_json
from employers.benefits.estimate import Estimate
from employers.benefits.law import Law
from employers.law.queries import overlay


class NothingKept(LookupError):
    """It was written before anybody kept what it was made from, or nothing could be counted."""


def replay(version: ApplicationVersion) -> Estimate:
    """The estimate of a version. Raises NothingKept."""
    kept = kept_with(version)
    law = basis.law_of(kept, told=version.estimate["parameters"], overlay=overlay(at=version.at))
    return again(version, law=law, kept=kept)


def replay_decision(decision: Decision) -> Estimate:
    """The calculation of a decision, of what was said when it was made. Raises NothingKept."""
    kept = kept_with(decision)
    said = decision.application.versions.filter(at__lte=decision.decided_at).latest("number")
    law = basis.law_of(kept, told=decision.calculation["parameters"], overlay=overlay(at=decision.decided_at))
    return again(said, law=law, kept=kept)


def again(said: ApplicationVersion, *, law: Law, kept: basis.Basis) -> Estimate:
    return rules.estimate(
        from_json(said.content), law=law, income=basis.income_of(kept), earlier=basis.earlier_of(kept)
    )


def kept_with(made: ApplicationVersion | Decision) -> basis.Basis:
    if made.basis is None:
        raise NothingKept(made.pk)
    kept: basis.Basis = made.basis
    return kept
