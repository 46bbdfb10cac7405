"""Payers and their people, by numbers: nobody here exists."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random

GIVEN = "Aada Aapo Aino Alma Anni Arttu Eero Eeva Elias Ella Emil Hanna Ida Iiris Ilmari Juho Kaisa Kalle Kerttu Lauri"
FAMILY = "Aalto Ahonen Hakala Heino Hiltunen Jokela Kallio Karjala Koski Kurki Laine Lehto Mattila Niemi Ojala Oksanen"
CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
SHARED, SHARED_SERIAL = 9, 1_200_000  # the number of who works for two, and where the serials of such people begin


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    business_id: str
    employees: int
    name: str = "Esimerkki Oy"
    seed: int = 1
    rich: bool = False

    @property
    def order(self) -> int:
        return int(self.business_id[:7]) % 1000

    @property
    def first_serial(self) -> int:
        """Serials start at 9 000 000; each payer's people have numbers of their own."""
        return self.order * 20_000

    def serial(self, number: int) -> int:
        """Neighbours of an even and an odd order share a person."""
        return SHARED_SERIAL + self.order // 2 if self.rich and number == SHARED else self.first_serial + number


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    identity_code: str
    given_name: str
    family_name: str
    employed_from: date
    monthly_pay: int  # EUR

    @property
    def woman(self) -> bool:
        return int(self.identity_code[7:10]) % 2 == 0


@lru_cache(maxsize=64)
def person(payer: Payer, number: int) -> Person:
    """Asked for several times a report, and never far back."""
    serial = payer.serial(number)
    chance = Random(f"{payer.seed}/{serial}")
    return Person(
        identity_code=identity_code(serial),
        given_name=chance.choice(GIVEN.split()),
        family_name=chance.choice(FAMILY.split()),
        employed_from=date(2012, 1, 1) + timedelta(days=chance.randrange(3900)),
        monthly_pay=chance.randrange(2200, 5600, 20),
    )


def identity_code(serial: int) -> str:
    """Different for every serial below 1 300 000; individual numbers 900-999, which no real person has."""
    born = date(1962, 1, 1) + timedelta(days=serial * 7919 % 13_000)
    number = 900 + (serial * 37 + serial // 13_000) % 100
    check = CHECK[int(f"{born:%d%m%y}{number}") % 31]
    return f"{born:%d%m%y}-{number}{check}"
