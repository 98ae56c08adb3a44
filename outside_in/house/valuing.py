"""What CX is worth to a workshop: its business case as it stands, and what follows from it."""

from collections.abc import Mapping
from functools import lru_cache

from outside_in.domain.blocks import Money, Tornado
from outside_in.domain.business import break_evens
from outside_in.domain.calculation import SEED, Calculation
from outside_in.domain.people import Principal
from outside_in.domain.workshop import Workshop
from outside_in.domain.worth import BreakEven, Risk, Span, Variant
from outside_in.domain.worth_told import assumed
from outside_in.house.parts import Parts


class Valuing(Parts):
    def value(self, by: Principal, code: str, calculation: Calculation) -> Workshop:
        return self.prepare(by, code, lambda now: now.value(by, calculation))

    def risk(self, calculation: Calculation) -> Risk:
        """10,000 draws in a fraction of a second; the same inputs give the same result."""
        return _risk(calculation.model_dump_json())

    def thresholds(self, calculation: Calculation) -> BreakEven:
        return break_evens(calculation.best)

    def card(self, calculation: Calculation) -> Money:
        risk, best = self.risk(calculation), calculation.best
        return Money(
            mode=calculation.mode,
            npv=risk.npv,
            best_guess=risk.best_guess,
            chance=risk.chance,
            residual=risk.residual,
            counted=calculation.residual,
            years=best.horizon,
            draws=risk.draws,
            assumed=assumed(best),
        )

    def swings(self, calculation: Calculation) -> Tornado | None:
        """None where every input is a constant: then the result hangs on none of them."""
        risk = self.risk(calculation)
        moving = tuple(bar for bar in risk.tornado if bar.swing)
        return Tornado(bars=moving, best_guess=risk.best_guess) if moving else None

    def lifetime(self, calculation: Calculation) -> Mapping[Variant, Span] | None:
        """One customer's value in its three readings; None where it has no end."""
        from outside_in.worth import lifetime_spans

        return lifetime_spans(calculation.best, calculation.ranges, SEED)

    def touchpoints(self, code: str) -> set[str]:
        """As they stand in the answers: what a change can be said to have touched."""
        return {v.touchpoint for v in self.database.corpora.verbatims(code) if v.touchpoint}

    def service(self, calculation: Calculation) -> Mapping[str, Span]:
        from outside_in.worth import service_spans

        return service_spans(calculation.best, calculation.ranges, SEED)


@lru_cache(maxsize=32)
def _risk(calculation: str) -> Risk:
    from outside_in.worth import monte_carlo

    given = Calculation.model_validate_json(calculation)
    return monte_carlo(given.best, given.ranges, SEED, together=given.together)
