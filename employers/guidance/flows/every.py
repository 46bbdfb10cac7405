"""Every flow by its address."""

from collections.abc import Mapping

from employers.guidance.flows.by_when import BY_WHEN
from employers.guidance.flows.mandate import MANDATE
from employers.guidance.flows.shape import Flow
from employers.guidance.flows.which_benefit import WHICH_BENEFIT
from employers.guidance.flows.who_gets import WHO_GETS
from employers.guidance.flows.worth import WORTH

FLOWS: Mapping[str, Flow] = {flow.slug: flow for flow in (WHICH_BENEFIT, BY_WHEN, WHO_GETS, MANDATE, WORTH)}
