"""Make an estimate again as it was made: the claim as it was said, what was known then, and the law of then."""

from employers.applications import basis
from employers.applications.models import ApplicationVersion
from employers.benefits import rules
from employers.benefits.claim import from_json
from employers.benefits.estimate import Estimate
from employers.benefits.law import Law
from employers.law.queries import overlay


class NothingKept(LookupError):
    """The version was written before anybody kept what its estimate was made from."""


def replay(version: ApplicationVersion) -> Estimate:
    """To the same cents, whatever was filed, entered or approved since. Raises NothingKept.

    Its problems are those of the law alone: what the tables knew at the time stands with the version.
    """
    kept = kept_with(version)
    law = basis.law_of(kept, told=version.estimate["parameters"], overlay=overlay(at=version.at))
    return again(version, law=law)


def again(version: ApplicationVersion, *, law: Law) -> Estimate:
    """With another law than it was made with. Raises NothingKept."""
    kept = kept_with(version)
    return rules.estimate(
        from_json(version.content), law=law, income=basis.income_of(kept), earlier=basis.earlier_of(kept)
    )


def kept_with(version: ApplicationVersion) -> basis.Basis:
    if version.basis is None:
        raise NothingKept(version.pk)
    kept: basis.Basis = version.basis
    return kept
