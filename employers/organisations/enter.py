"""Tell what an employer has not told yet."""

from employers.organisations.models import Organisation


def enter_size(*, organisation: Organisation, employees: int) -> bool:
    """How many it employs, once: whether this was the first time."""
    return bool(Organisation.objects.filter(pk=organisation.pk, employees=0).update(employees=employees))
