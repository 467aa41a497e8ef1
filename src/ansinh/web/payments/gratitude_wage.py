"""What one day's wage comes to, by the way of reckoning that a campaign recorded. Whole đồng; every rounding has a name.

No text that was read lays down a formula for this fund, so that base, divisor and rounding are a campaign's own choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DIVISORS = (22, 24, 26, 30)  # Those seen in practice; a campaign may record another.
STEPS_VND = (1, 1_000, 5_000, 10_000)


class Rounding(StrEnum):
    """Which multiple of the step is taken."""

    DOWN = "down"
    NEAREST = "nearest"  # A half goes up.
    UP = "up"


@dataclass(frozen=True)
class Formula:
    """(coefficient, with the position allowance where chosen) × base ÷ divisor, to a multiple of the step."""

    base_vnd: int
    divisor: int
    step_vnd: int = 1_000
    rounding: Rounding = Rounding.DOWN
    with_allowance: bool = True

    def wage_day_vnd(self, coefficient_hundredths: int | None, allowance_hundredths: int | None) -> int | None:
        """One day's wage; None when the coefficient is not known: nothing is guessed. An unknown allowance counts as none."""
        if coefficient_hundredths is None:
            return None
        hundredths = coefficient_hundredths + (allowance_hundredths or 0 if self.with_allowance else 0)
        above, below = hundredths * self.base_vnd, 100 * self.divisor * self.step_vnd
        if self.rounding is Rounding.UP:
            steps = -(-above // below)
        elif self.rounding is Rounding.NEAREST:
            steps = (2 * above + below) // (2 * below)
        else:
            steps = above // below
        return steps * self.step_vnd
