"""
The business case as live formulas: change a yellow cell, and everything below follows.

Every input has its names (`cx_churn`, `cx_churn_low`, `cx_churn_high`), so others can build on the
sheet. A second sheet draws from the ranges with luck that was drawn once, so the chances follow,
too, and no result ever stands without its range. Cached values are the product's own.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

from outside_in.domain.business import business_case, flows, margin, net_present_value, varied
from outside_in.domain.calculation import SEED, Calculation
from outside_in.domain.inputs import ABOUT
from outside_in.domain.luck import even_luck, spread, triangular
from outside_in.domain.text import Line, Say, line
from outside_in.domain.worth import Assumptions, Input, Range, Worth

CASE, DRAWS = "BusinessCase", "Draws"
MANY = 250
INPUTS: tuple[Input, ...] = get_args(Input)
FIRST = 2
"""Row of the first input; rows count from 0, as the library does."""


class Look(NamedTuple):
    """Formats of the workbook; `own` is what a person may change."""

    head: Any
    title: Any
    keys: Any
    words: Any
    amount: Any
    share: Any
    own_amount: Any
    own_share: Any

    def of(self, name: Input, own: bool = True) -> Any:
        share = ABOUT[name].unit == "%"
        return (self.own_share if share else self.own_amount) if own else (self.share if share else self.amount)


def write(book: Any, look: Look, say: Say, given: Calculation) -> None:
    page, draws = book.add_worksheet(CASE), book.add_worksheet(DRAWS)
    sheet = _Case(book, page, look, say, given)
    sheet.inputs()
    sheet.settings()
    first, last = sheet.years()
    column = _Draws(draws, look, say, given, (first, last)).write()
    book.define_name(NPV_NAME, f"={DRAWS}!${column}${FIRST + 1}:${column}${FIRST + MANY}")
    sheet.results(first, last)


class _Case:
    def __init__(self, book: Any, page: Any, look: Look, say: Say, given: Calculation) -> None:
        self.book, self.page, self.look, self.say, self.given = book, page, look, say, given
        self.case: Worth = business_case(given.best)
        page.set_column(0, 0, 64)
        page.set_column(1, 1, 24)
        page.set_column(2, 16, 16)
        page.freeze_panes(2, 1)
        page.set_landscape()
        page.fit_to_pages(1, 0)

    def inputs(self) -> None:
        heads = (line("Input"), line("Key"), line("Low"), line("Best guess"), line("High"), line("Unit"))
        self._heads(0, heads)
        for at, key in enumerate(("input", "key", "low", "best", "high", "unit")):
            self.page.write_string(1, at, key, self.look.keys)
        for row, name in enumerate(INPUTS, FIRST):
            one = self.given.range(name)
            self.page.write_string(row, 0, self.say(ABOUT[name].name), self.look.words)
            self.page.write_string(row, 1, f"cx_{name}", self.look.keys)
            for at, (end, tail) in enumerate((("low", "_low"), ("best", ""), ("high", "_high")), 2):
                self.page.write_number(row, at, getattr(one, end), self.look.of(name))
                self._named(f"cx_{name}{tail}", row, at)
            self.page.write_string(row, 5, ABOUT[name].unit or "–", self.look.words)

    def settings(self) -> None:
        row = FIRST + len(INPUTS) + 1
        say = self.say
        self.page.write_string(row, 0, say("A saved customer counts as (margin or replacement; never both)"))
        self.page.write_string(row, 3, self.given.mode, self.look.own_amount)
        self.page.data_validation(row, 3, row, 3, {"validate": "list", "source": ["margin", "replacement"]})
        self._named("cx_mode", row, 3)
        self.page.write_string(row + 1, 0, say("Residual value counts (1) or is only told (0)"))
        self.page.write_number(row + 1, 3, int(self.given.residual), self.look.own_amount)
        self.page.data_validation(row + 1, 3, row + 1, 3, {"validate": "list", "source": [0, 1]})
        self._named("cx_residual", row + 1, 3)
        self.page.write_string(row + 2, 0, say("Margin per customer and year, after service"))
        self._formula(row + 2, 3, "cx_revenue*cx_margin_rate-cx_contacts*cx_contact_cost", margin(self.given.best))
        self._named("cx_margin", row + 2, 3)

    def years(self) -> tuple[int, int]:
        """First and last row of the years, counted as a spreadsheet counts."""
        head = FIRST + len(INPUTS) + 5
        self._heads(head, YEAR_HEADS)
        start = head + 1
        self.page.write_number(start, 0, 0, self.look.words)
        self._formula(start, 3, "cx_customers", self.given.best.customers)
        self._formula(start, 4, "cx_customers", self.given.best.customers)
        self._formula(start, 10, "-cx_one_off", -self.given.best.one_off)
        best, before = self.given.best, (self.given.best.customers,) * 2
        for t, (strength, year) in enumerate(zip(self.given.ramp, self.case.years, strict=True), 1):
            row = start + t
            self.page.write_number(row, 0, t, self.look.words)
            self.page.write_number(row, 1, strength, self.look.own_share)
            mean = (before[1] + year.stock_with) / 2
            values = {
                2: min(best.churn, best.causal_share * best.churn_cut * strength),
                **dict(enumerate((year.stock_without, year.stock_with, year.retention, year.revenue), 3)),
                **dict(enumerate((year.service, year.benefit, year.cash, year.cumulated), 7)),
                11: (1 + best.discount) ** -t,
                12: mean,
                13: _crossing(year.cash, year.cumulated, t),
            }
            for at, formula in _year(row + 1).items():
                self._formula(row, at, formula, values[at], share=at == 2)
            before = year.stock_without, year.stock_with
        return start + 2, start + 1 + len(self.given.ramp)

    def results(self, first: int, last: int) -> None:
        row = last + 1
        self._heads(row, (line("Result"), line("Key"), line("At the best guesses")))
        case = self.case
        npv = [net_present_value(one) for one in drawn(self.given)]
        low, middle, high = spread(npv)
        told: list[tuple[Line, str, str, float | str]] = [
            (line("Value today (NPV)"), "cx_npv", "cx_pv_benefit-cx_pv_cost", case.npv),
            (line("One in ten is below"), "cx_npv_p10", f"PERCENTILE({NPV_NAME},0.1)", low),
            (line("Middle of all outcomes"), "cx_npv_p50", f"PERCENTILE({NPV_NAME},0.5)", middle),
            (line("One in ten is above"), "cx_npv_p90", f"PERCENTILE({NPV_NAME},0.9)", high),
            (
                line("Chance that it pays"),
                "cx_chance",
                f'COUNTIF({NPV_NAME},">0")/COUNT({NPV_NAME})',
                sum(value > 0 for value in npv) / len(npv),
            ),
            (
                line("Benefit today"),
                "cx_pv_benefit",
                _pv("I", first, last) + "+cx_residual*cx_pv_residual",
                case.pv_benefit,
            ),
            (line("Cost today"), "cx_pv_cost", f"cx_one_off+cx_yearly*SUM(L{first}:L{last})", case.pv_cost),
            (line("Return on what is spent (ROI)"), "cx_roi", 'IF(cx_pv_cost=0,"–",cx_npv/cx_pv_cost)', _or(case.roi)),
            (line("Years until the money is back"), "cx_payback", _payback(first, last), _or(case.payback)),
            (line("of the benefit: customers who stay"), "cx_retention", _pv("F", first, last), case.levers.retention),
            (line("of the benefit: revenue"), "cx_revenue_gain", _pv("G", first, last), case.levers.revenue),
            (line("of the benefit: service"), "cx_service", _pv("H", first, last), case.levers.service),
            (line("Residual value, its own line"), "cx_pv_residual", _residual(last), case.pv_residual),
            (
                line("Failure contacts that must be avoided for it to pay"),
                "cx_break_even_failure_cut",
                _break_even(first, last),
                _or(case.break_even.failure_cut),
            ),
        ]
        for at, (label, name, formula, value) in enumerate(told, row + 1):
            self.page.write_string(at, 0, self.say(label), self.look.words)
            self.page.write_string(at, 1, name, self.look.keys)
            share = name in ("cx_chance", "cx_roi", "cx_break_even_failure_cut")
            self._formula(at, 2, formula, value, share=share)
            self._named(name, at, 2)
        note = self.say(
            "The chances rest on {n} draws from the ranges on the sheet “{sheet}”; "
            "they follow when you change an input.",
            n=MANY,
            sheet=DRAWS,
        )
        self.page.write_string(row + len(told) + 2, 0, note)
        bound = line("Less churn and fewer failure contacts succeed or fail together; all others are independent.")
        free = line("Inputs are drawn independently of each other.")
        self.page.write_string(row + len(told) + 3, 0, self.say(bound if self.given.together else free))

    def _heads(self, row: int, heads: tuple[Line, ...]) -> None:
        self.page.set_row(row, 32)
        for at, head in enumerate(heads):
            self.page.write_string(row, at, self.say(head), self.look.head)

    def _formula(self, row: int, at: int, formula: str, value: float | str, share: bool = False) -> None:
        self.page.write_formula(row, at, f"={formula}", self.look.share if share else self.look.amount, value)

    def _named(self, name: str, row: int, at: int) -> None:
        self.book.define_name(name, f"={CASE}!${_letter(at)}${row + 1}")


NPV_NAME = "cx_draws"
YEAR_HEADS = (
    line("Year"),
    line("Strength"),
    line("Churn saved"),
    line("Customers without the measure"),
    line("Customers with the measure"),
    line("Customers who stay"),
    line("Revenue"),
    line("Service"),
    line("Benefit"),
    line("Cash"),
    line("Cash since the start"),
    line("Discount factor"),
    line("Mean customers"),
    line("Money is back after"),
)


def _year(row: int) -> dict[int, str]:
    """Formulas of one year by column; `row` as a spreadsheet counts."""
    r, b = row, row - 1
    in_margin = 'cx_mode="margin"'
    return {
        2: f"MIN(cx_churn,cx_causal_share*cx_churn_cut*B{r})",
        3: f"IF({in_margin},D{b}*(1-cx_churn),cx_customers)",
        4: f"IF({in_margin},E{b}*(1-(cx_churn-C{r})),cx_customers)",
        5: f"IF({in_margin},(M{r}-(D{b}+D{r})/2)*cx_margin,M{r}*C{r}*cx_replacement_cost)",
        6: f"M{r}*cx_revenue*cx_margin_rate*cx_causal_share*cx_revenue_effect*B{r}",
        7: f"M{r}*cx_contacts*cx_contact_cost*cx_failure_share*cx_failure_cut*cx_realisation*B{r}",
        8: f"F{r}+G{r}+H{r}",
        9: f"I{r}-cx_yearly",
        10: f"K{b}+J{r}",
        11: f"(1+cx_discount)^-A{r}",
        12: f"(E{b}+E{r})/2",
        13: f'IF(AND(J{r}>0,K{r}>=0),A{r}-1+MAX(0,-K{b})/J{r},"")',
    }


def _crossing(cash: float, cumulated: float, t: int) -> float | str:
    before = cumulated - cash
    return t - 1 + max(0.0, -before) / cash if cash > 0 and cumulated >= 0 else ""


def _pv(column: str, first: int, last: int) -> str:
    return f"SUMPRODUCT({column}{first}:{column}{last},L{first}:L{last})"


def _payback(first: int, last: int) -> str:
    return f'IF(COUNT(N{first}:N{last})=0,"–",MIN(N{first}:N{last}))'


def _residual(last: int) -> str:
    fading = "IF(cx_discount+cx_churn>0,cx_discount+cx_churn,1)"
    return f"(E{last}-D{last})*cx_margin*(1-cx_churn/2)/{fading}*L{last}"


def _break_even(first: int, last: int) -> str:
    """The value is linear in this one input, so its threshold has a formula; NPV without it, then per unit of it."""
    rest = "(cx_npv-cx_service)"
    each = (
        f"(SUMPRODUCT(M{first}:M{last},B{first}:B{last},L{first}:L{last})"
        "*cx_contacts*cx_contact_cost*cx_failure_share*cx_realisation)"
    )
    return f'IF({rest}>=0,0,IF({each}<=0,"–",IF(-{rest}/{each}<=1,-{rest}/{each},"–")))'


def _or(value: float | None) -> float | str:
    return "–" if value is None else value


def _letter(at: int) -> str:
    head, tail = divmod(at, 26)
    return (chr(64 + head) if head else "") + chr(65 + tail)


class _Draws:
    """One row per draw: luck as it was drawn once, then inputs, years and the value today."""

    def __init__(self, page: Any, look: Look, say: Say, given: Calculation, years: tuple[int, int]) -> None:
        self.page, self.look, self.say, self.given, self.years = page, look, say, given, years

    def write(self) -> str:
        """Gives the letter of the column with the values."""
        luck, many = luck_of(self.given), drawn(self.given)
        columns = [*(f"luck_{name}" for name in INPUTS), *INPUTS]
        t = len(self.given.ramp)
        columns += [f"{what}_{year}" for year in range(1, t + 1) for what in ("without", "with")]
        self.page.write_string(0, 0, self.say("Draws from the ranges; nothing to change here."), self.look.words)
        for at, key in enumerate([*columns, "npv"]):
            self.page.write_string(1, at, key, self.look.keys)
        for place, one in enumerate(many):
            row = FIRST + place
            for at, name in enumerate(INPUTS):
                self.page.write_number(row, at, luck[name][place])
                cell = f"{_letter(at)}{row + 1}"
                value = getattr(one, name) or 0.0
                self.page.write_formula(row, len(INPUTS) + at, _triangle(name, cell), self.look.of(name, False), value)
            self._row(row + 1, one)
        self.page.freeze_panes(2, 0)
        return _letter(len(columns))

    def _row(self, row: int, one: Assumptions) -> None:
        """Stocks year by year, then all money of the draw in one cell."""
        at, name = 2 * len(INPUTS), {n: f"{_letter(len(INPUTS) + i)}{row}" for i, n in enumerate(INPUTS)}
        without = kept = name["customers"]
        money = [f"-{name['one_off']}"]
        for t, (year, flow) in enumerate(zip(range(self.years[0], self.years[1] + 1), flows(one), strict=True), 1):
            strength = f"{CASE}!$B${year}"
            saved = f"MIN({name['churn']},{name['causal_share']}*{name['churn_cut']}*{strength})"
            less, more = f"{_letter(at)}{row}", f"{_letter(at + 1)}{row}"
            fewer = f'=IF(cx_mode="margin",{without}*(1-{name["churn"]}),{name["customers"]})'
            stay = f'=IF(cx_mode="margin",{kept}*(1-({name["churn"]}-{saved})),{name["customers"]})'
            self.page.write_formula(row - 1, at, fewer, self.look.amount, flow.stock_without)
            self.page.write_formula(row - 1, at + 1, stay, self.look.amount, flow.stock_with)
            gain = _gain(name, (without, less), (kept, more), saved, strength)
            money.append(f"+({gain}-{name['yearly']})/(1+{name['discount']})^{t}")
            without, kept, at = less, more, at + 2
        money.append(f"+cx_residual*{_after(name, without, kept, len(self.given.ramp))}")
        total = net_present_value(one)
        self.page.write_formula(row - 1, at, f"={''.join(money)}", self.look.amount, total)


def _margin(name: Mapping[Input, str]) -> str:
    return f"({name['revenue']}*{name['margin_rate']}-{name['contacts']}*{name['contact_cost']})"


def _gain(name: Mapping[Input, str], without: tuple[str, str], kept: tuple[str, str], saved: str, strength: str) -> str:
    """The three levers of one year; stocks at its start and at its end."""
    mean, was = (f"(({'+'.join(ends)})/2)" for ends in (kept, without))
    staying = f'IF(cx_mode="margin",({mean}-{was})*{_margin(name)},{mean}*{saved}*{name["replacement_cost"]})'
    revenue = "*".join(name[n] for n in ("revenue", "margin_rate", "causal_share", "revenue_effect"))
    service = "*".join(name[n] for n in ("contacts", "contact_cost", "failure_share", "failure_cut", "realisation"))
    return f"{staying}+{mean}*{strength}*({revenue}+{service})"


def _after(name: Mapping[Input, str], without: str, kept: str, horizon: int) -> str:
    fading = f"({name['discount']}+{name['churn']})"
    saved_years = f"({kept}-{without})*{_margin(name)}*(1-{name['churn']}/2)/IF({fading}>0,{fading},1)"
    return f"{saved_years}/(1+{name['discount']})^{horizon}"


def _triangle(name: Input, luck: str) -> str:
    low, best, high = f"cx_{name}_low", f"cx_{name}", f"cx_{name}_high"
    width = f"({high}-{low})"
    return (
        f"=IF({low}={high},{best},IF({luck}*{width}<={best}-{low},"
        f"{low}+SQRT({luck}*{width}*({best}-{low})),{high}-SQRT((1-{luck})*{width}*({high}-{best}))))"
    )


def luck_of(given: Calculation) -> Mapping[Input, list[float]]:
    return even_luck(INPUTS, MANY, SEED, given.together)


def drawn(given: Calculation) -> list[Assumptions]:
    luck, best = luck_of(given), given.best
    ranges: dict[Input, Range] = {name: given.range(name) for name in INPUTS}
    return [
        varied(best, {name: triangular(luck[name][place], ranges[name]) for name in INPUTS}) for place in range(MANY)
    ]
