"""The sandbox's cast: synthetic employers, firms, people and machine clients. Nobody here exists.

Business IDs have serials from 9 000 000 up; identity codes individual numbers from 900 to 999.
"""

from dataclasses import dataclass, field

from employers.organisations import rights

EMPLOYER, FIRM, AGENCY = "employer", "payroll_firm", "agency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    business_id: str
    name: str
    employees: int
    kind: str = EMPLOYER
    language: str = "fi"
    iban: str = ""
    consent: bool = True
    register_access: bool = True
    email: str = ""
    sector: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    identity_code: str
    name: str
    language: str
    heads: tuple[str, ...] = ()  # Business IDs where a register names them managing director
    mandates: dict[str, tuple[str, ...]] = field(default_factory=dict)
    represents: dict[str, tuple[str, ...]] = field(default_factory=dict)  # firms whose customers they act for


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    client_id: str
    organisation: str
    scopes: tuple[str, ...]
    rate_limited: bool = True

    @property
    def secret(self) -> str:
        return f"{self.client_id}-secret"


ORGANISATIONS = (
    Organisation(business_id="9000001-1", sector="I", name="Kolmen Kahvila Ky", employees=3, iban="", consent=False),
    Organisation(
        business_id="9000003-8",
        sector="F",
        name="Tolvan Snickeri Ab",
        employees=12,
        language="sv",
        iban="FI7550000120000002",
        email="loner@tolvan-snickeri.test",
    ),
    Organisation(
        business_id="9000004-6",
        sector="C",
        name="Esimerkkileipomo Oy",
        employees=19,
        iban="FI0550000120000001",
        email="palkat@esimerkkileipomo.test",
    ),
    Organisation(
        business_id="9000005-4", sector="M", name="Kaksikymppinen Oy", employees=20, iban="FI4850000120000003"
    ),
    Organisation(
        business_id="9000006-2", sector="N", name="Neljäsadan Huolto Oy", employees=400, iban="FI2150000120000004"
    ),
    Organisation(
        business_id="9000008-9", sector="G", name="Tuhannen Tukku Oy", employees=1000, iban="FI9150000120000005"
    ),
    Organisation(
        business_id="9000007-0", sector="Q", name="Tuhat ja Yksi Oy", employees=1001, iban="FI6450000120000006"
    ),
    Organisation(business_id="9000009-7", sector="H", name="Suurtalo Oyj", employees=12000, iban="FI3750000120000007"),
    Organisation(business_id="9000011-8", name="Palkkapalvelu Esimerkki Oy", employees=8, kind=FIRM),
    Organisation(business_id="9000012-6", name="Toinen Tilitoimisto Oy", employees=5, kind=FIRM),
    Organisation(business_id="9000000-3", name="Etuusvirasto", employees=0, kind=AGENCY),
)

PEOPLE = (
    Person(identity_code="010190-901R", name="Aino Esimerkki", language="fi", heads=("9000001-1", "9000004-6")),
    Person(
        identity_code="150275-903S",
        name="Bo Exempel",
        language="sv",
        mandates={"9000004-6": (rights.VIEW_DECISIONS,)},
    ),
    Person(identity_code="230561-904S", name="Cecilia Exempel", language="sv"),
    Person(identity_code="080888-905H", name="Dan Exempel", language="sv", heads=("9000003-8",)),
    Person(
        identity_code="121299-9066",
        name="Elli Esimerkki",
        language="en",
        mandates={"9000007-0": rights.RIGHTS, "9000006-2": rights.RIGHTS},
    ),
    Person(
        identity_code="270369-908X",
        name="Gunilla Exempel",
        language="sv",
        represents={"9000011-8": (rights.APPLY, rights.VIEW_DECISIONS, rights.VIEW_PAYMENTS)},
    ),
    # One fills in what occupational health care cost, another looks at it and sends it: neither sees an absence.
    Person(
        identity_code="130980-910M",
        name="Ilona Esimerkki",
        language="fi",
        mandates={"9000004-6": (rights.OCCUPATIONAL_HEALTH_PREPARE,)},
    ),
    Person(
        identity_code="210771-911W",
        name="Jonas Exempel",
        language="sv",
        mandates={"9000004-6": (rights.OCCUPATIONAL_HEALTH_SEND,)},
    ),
    # Leads the payroll firm, and has no mandate to represent it: may act for none of its customers.
    Person(identity_code="051192-9095", name="Heikki Esimerkki", language="fi", heads=("9000011-8",)),
)

# What only Suomi.fi knows, by identity code and Business ID: our rights stand for its mandates, capitals are its codes.
SUOMI_FI: dict[str, dict[str, tuple[str, ...]]] = {
    "230561-904S": {"9000005-4": (rights.APPLY, rights.VIEW_DECISIONS), "9000013-4": ("TJ",)},
    "121299-9066": {"9000003-8": (rights.VIEW_DECISIONS,)},
    "050595-9071": {"9000014-2": ("TJ", "NIMKO")},
}
SUOMI_FI_NAMES = {"9000013-4": "Blomsterhandel Exempel Ab", "9000014-2": "Uusi Esimerkki Oy"}  # new to the portal

# Who may act for whom through a firm: firm, employer, rights.
MANDATES = (
    ("9000011-8", "9000004-6", rights.RIGHTS),
    ("9000011-8", "9000006-2", rights.RIGHTS),
    ("9000011-8", "9000007-0", rights.RIGHTS),
    ("9000011-8", "9000001-1", (rights.APPLY,)),
    ("9000011-8", "9000005-4", (rights.VIEW_DECISIONS,)),
    ("9000012-6", "9000008-9", rights.RIGHTS),
)

EVERY_SCOPE = tuple(scope for scope in rights.SCOPES if scope != rights.SEGMENTS_READ)
CLIENTS = (
    Client(client_id="sandbox-payroll", organisation="9000011-8", scopes=EVERY_SCOPE),
    Client(client_id="sandbox-large", organisation="9000009-7", scopes=EVERY_SCOPE),
    Client(client_id="sandbox-other", organisation="9000012-6", scopes=EVERY_SCOPE),
    Client(client_id="sandbox-agency", organisation="9000000-3", scopes=(rights.SEGMENTS_READ,)),
    Client(client_id="sandbox-bench", organisation="9000011-8", scopes=EVERY_SCOPE, rate_limited=False),
)

OFFICIALS = {"official": "Sandbox official", "second-official": "Second sandbox official"}  # two approve a figure
OFFICIAL, SECOND_OFFICIAL = OFFICIALS
OFFICIAL_PASSWORD = "sandbox-official"  # noqa: S105  printed by `make run`; the sandbox serves loopback only
