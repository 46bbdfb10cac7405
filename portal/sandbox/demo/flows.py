"""The flows in their order: against running processes, over HTTP. What one leaves, the next ones find."""

from collections.abc import Callable

from portal.sandbox.demo import (
    afterwards,
    by_machine,
    every_benefit,
    found,
    integration,
    officials,
    on_the_web,
    register_runs,
)
from portal.sandbox.demo.journal import Step
from portal.sandbox.demo.story import Story

FLOWS: tuple[tuple[str, Callable[[Story, Step], None]], ...] = (
    ("An estimate, before anyone signs in", on_the_web.estimate_in_public),
    ("A small employer signs in", on_the_web.sign_in),
    ("It applies on the web, page by page", on_the_web.apply_on_the_web),
    ("A payroll firm applies over REST", by_machine.submit_by_machine),
    ("All thirteen benefits, over REST", every_benefit.estimate_and_apply),
    ("The same call 32 times at once", by_machine.submit_thirty_two_times),
    ("Bad input is explained", by_machine.refuse_bad_input),
    ("An official opens the queue", officials.sign_in_as_official),
    ("The official asks, the employer answers", officials.ask_then_answer),
    ("It asks an adviser", afterwards.ask_an_adviser),
    ("It corrects what it sent", afterwards.correct_what_was_sent),
    ("The official decides, then pays", officials.decide_then_pay),
    ("Receipt, decision on paper", afterwards.keep_on_paper),
    ("Two officials confirm a ceiling", every_benefit.confirm_a_ceiling),
    ("A stand-in official decides by itself", by_machine.let_the_stand_in_decide),
    ("A batch file of 100 rows", by_machine.send_a_batch),
    ("The Incomes Register of a large employer", by_machine.sync_the_register),
    ("Paid absences that nobody claimed", by_machine.find_what_nobody_claimed),
    ("One of them is claimed", on_the_web.claim_a_finding),
    ("What was found, by benefit", found.of_every_benefit),
    ("Family leave, with what no report tells", found.claim_family_leave),
    ("One is set aside", found.set_one_aside),
    ("A payroll firm's portfolio", found.open_the_portfolio),
    ("A mismatch is told, then mended", found.mend_a_mismatch),
    ("A claim made in the register", register_runs.follow_a_claim),
    ("A dry run", register_runs.count_before_keeping),
    ("A subscription", register_runs.order_a_subscription),
    ("The register is down, then back", register_runs.catch_up),
    ("An official looks at a run", register_runs.look_at_a_run),
    ("A wrong window raises an alarm", register_runs.raise_an_alarm),
    ("Customer service hears of it", by_machine.feed_back),
    ("A vendor's integration: 40 of 40", integration.play_a_vendor),
    ("The logs keep quiet about people", by_machine.look_into_the_logs),
)
