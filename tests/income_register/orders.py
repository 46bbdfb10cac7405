"""Orders of every kind, and what else can be sent, as hypothesis makes them."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import assume
from hypothesis import strategies as st

from employers.income_register.orders import (
    EARNERS,
    LAST_DAY,
    LISTS,
    Daily,
    Monthly,
    Once,
    Order,
    Unsendable,
    Weekly,
)

references = st.from_regex(r"[0-9A-Za-z_]([0-9A-Za-z_]|-(?=[0-9A-Za-z_])){0,38}[0-9A-Za-z_]", fullmatch=True)
moments = st.datetimes(datetime(2019, 1, 1), datetime(2026, 11, 1), timezones=st.just(UTC))
days = st.dates(date(2026, 11, 2), date(2027, 12, 31))
payment_days = st.tuples(st.dates(date(2019, 1, 1), date(2026, 12, 31)), st.integers(0, 800)).map(
    lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))
)
windows = st.tuples(moments, st.integers(1, 10**12)).map(lambda one: (one[0], one[0] + timedelta(microseconds=one[1])))
times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
several_times = st.lists(times, min_size=1, max_size=4, unique=True).map(tuple)
business_ids = st.from_regex(r"9[0-9]{6}-[0-9]", fullmatch=True)
identity_codes = st.from_regex(r"(0[1-9]|[12][0-9])(0[1-9]|1[0-2])[0-9]{2}[-A]9[0-9]{2}[0-9A-Y]", fullmatch=True)
profiles = st.just("") | st.text("abcxyzÅÄÖåäö &<>'\"0189_", min_size=1, max_size=40).filter(
    lambda one: "&#" not in one
)
schedules = st.one_of(
    st.builds(Once, at=times),
    st.builds(Daily, times=several_times),
    st.builds(Weekly, times=several_times, days=st.frozensets(st.integers(0, 6), min_size=1)),
    st.builds(
        Monthly,
        times=several_times,
        days=st.frozensets(st.integers(1, LAST_DAY), min_size=1),
        months=st.frozensets(st.integers(1, 12), min_size=1),
    ),
)


@st.composite
def orders(draw: st.DrawFn) -> Order:
    kind = draw(st.sampled_from(sorted(LISTS)))
    with_payers, with_earners = LISTS[kind]
    schedule = draw(schedules)
    start = draw(st.none() | moments if isinstance(schedule, Once) else moments)
    late = draw(st.timedeltas(timedelta(seconds=1), timedelta(days=1)))
    ends = isinstance(schedule, Once) and start is not None and draw(st.booleans())
    try:
        return Order(
            reference=draw(references),
            kind=kind,
            schedule=schedule,
            valid_from=draw(days),
            modified_from=start,
            modified_until=start + late if ends and start else None,
            payers=tuple(draw(st.lists(business_ids, min_size=1, max_size=5, unique=True))) if with_payers else (),
            earners=tuple(draw(st.lists(identity_codes, min_size=1, max_size=5, unique=True))) if with_earners else (),
            paid=draw(st.none() | payment_days),
            profile=draw(profiles),
            all_versions=draw(st.booleans()),
        )
    except Unsendable:
        assume(False)
        raise


def order(**changed: object) -> Order:
    """One that can be sent, but for what is changed."""
    usual: dict = {
        "reference": "a1",
        "kind": EARNERS,
        "schedule": Daily(times=(time(3),)),
        "valid_from": date(2026, 12, 1),
        "earners": ("010180-9026",),
        "modified_from": datetime(2026, 11, 1, tzinfo=UTC),
    }
    return Order(**(usual | changed))
