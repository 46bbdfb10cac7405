"""One assertion in many hands at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from oauth2_provider.models import AccessToken

from employers.organisations.models_clients import SpentAssertion
from tests.organisations.programs import ask, claims, rsa_key, signed, with_key

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sandbox")]
HANDS = 16


def test_sixteen_hands_get_one_token() -> None:
    """Expected: one 200, fifteen 401 that say why, one token, one row of the `jti`."""
    with_key(rsa_key())
    assertion, together = signed(rsa_key(), claims()), Barrier(HANDS)

    def tried(_number: int) -> tuple[int, str]:
        together.wait()
        try:
            answer = ask(assertion)
            return answer.status_code, answer.json().get("error_description", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as hands:
        answers = sorted(hands.map(tried, range(HANDS)))
    assert answers == [(200, "")] + [(401, "this jti was used before")] * (HANDS - 1)
    assert AccessToken.objects.count() == SpentAssertion.objects.count() == 1
