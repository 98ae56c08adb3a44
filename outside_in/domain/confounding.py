"""Is it the bad experience, or who has it? Risk differences within strata (DOMAIN, 7.3)."""

import math
from collections.abc import Callable, Sequence

from outside_in.domain.model import Model


class Stratum(Model):
    """Customers alike in what might be the common cause; each pair is (lost, customers)."""

    detractors: tuple[int, int]
    promoters: tuple[int, int]

    @property
    def size(self) -> int:
        return self.detractors[1] + self.promoters[1]

    @property
    def risk_difference(self) -> float:
        return _risk(self.detractors) - _risk(self.promoters)


class Confounding(Model):
    crude_rd: float
    standardised_rd: float
    mantel_haenszel_rd: float
    alpha_hint: float | None
    """Upper hint for the causal share; None without a crude difference. May leave 0…1."""


def confounding(strata: Sequence[Stratum]) -> Confounding:
    """What is left of the difference in churn once like is compared with like."""
    if not strata:
        raise ValueError("no strata")
    crude = _pooled(strata).risk_difference
    standardised = _weighted(strata, lambda stratum: stratum.size)
    return Confounding(
        crude_rd=crude,
        standardised_rd=standardised,
        mantel_haenszel_rd=_weighted(strata, _mantel_haenszel),
        alpha_hint=standardised / crude if crude else None,
    )


def _pooled(strata: Sequence[Stratum]) -> Stratum:
    return Stratum(
        detractors=_total([stratum.detractors for stratum in strata]),
        promoters=_total([stratum.promoters for stratum in strata]),
    )


def _total(pairs: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return sum(lost for lost, _ in pairs), sum(customers for _, customers in pairs)


def _weighted(strata: Sequence[Stratum], weight: Callable[[Stratum], float]) -> float:
    weighted = math.fsum(weight(stratum) * stratum.risk_difference for stratum in strata)
    return weighted / math.fsum(map(weight, strata))


def _mantel_haenszel(stratum: Stratum) -> float:
    return stratum.detractors[1] * stratum.promoters[1] / stratum.size


def _risk(pair: tuple[int, int]) -> float:
    lost, customers = pair
    if customers < 1 or not 0 <= lost <= customers:
        raise ValueError("every stratum needs customers in both groups and 0 ≤ lost ≤ customers")
    return lost / customers
