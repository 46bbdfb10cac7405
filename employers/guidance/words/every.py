"""The words of every flow by its address."""

from collections.abc import Mapping

from employers.guidance.words import by_when, mandate, which_benefit, who_gets, worth
from employers.guidance.words.shape import FlowWords

WORDS: Mapping[str, FlowWords] = {
    "which-benefit": which_benefit.WORDS,
    "by-when": by_when.WORDS,
    "who-gets-the-money": who_gets.WORDS,
    "do-i-need-a-mandate": mandate.WORDS,
    "is-it-worth-it": worth.WORDS,
}
