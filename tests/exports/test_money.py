"""Money in the workbook: formulas that live, and agree with the product to the cent."""

import io
import subprocess

import pytest
from openpyxl import load_workbook

from outside_in.content import library
from outside_in.domain.business import business_case, net_present_value
from outside_in.domain.calculation import Calculation
from outside_in.domain.worth import Range
from outside_in.exports import money_sheet
from outside_in.worth import business_case as same
from tests.exports import readers
from tests.exports.samples import outcome

CASE = library().calculation("lindhain")
CENT = 0.005
REPLACED = CASE.model_copy(
    update={
        "mode": "replacement",
        "ramp": (0.25, 0.75, 1.0, 1.0),
        "ranges": {
            **CASE.ranges,
            "revenue_effect": Range(low=0, best=0.01, high=0.02),
            "replacement_cost": Range(low=120, best=160, high=200),
            "customers": Range(low=240_000, best=250_000, high=260_000),
        },
    }
)
COUNTED = CASE.model_copy(update={"residual": True})
NOTHING = CASE.model_copy(
    update={"ranges": {name: Range(low=0, best=0, high=0) for name in CASE.ranges}, "ramp": (1.0,)}
)


def written_case(written, case):
    return written(outcome(calculation=case), "xlsx")


def results(book):
    sheet = book["BusinessCase"]
    rows = [row for row in sheet.iter_rows(values_only=True) if str(row[1]).startswith("cx_")]
    last = len(money_sheet.INPUTS)
    return {row[1]: row[2] for row in rows[last:]}


def recalculated(book, folder):
    """Through LibreOffice, from formulas alone: openpyxl drops every cached value when it saves."""
    source = folder / "case.xlsx"
    book.save(source)
    home = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*command, str(folder / "out"), str(source)], check=True, capture_output=True, timeout=240)
    return load_workbook(folder / "out" / "case.xlsx", data_only=True)


def expected(case):
    worth = business_case(case.best)
    low, middle, high = money_sheet.spread([net_present_value(one) for one in money_sheet.drawn(case)])
    return {
        "cx_npv": worth.npv,
        "cx_npv_p10": low,
        "cx_npv_p50": middle,
        "cx_npv_p90": high,
        "cx_pv_benefit": worth.pv_benefit,
        "cx_pv_cost": worth.pv_cost,
        "cx_roi": worth.roi,
        "cx_payback": worth.payback,
        "cx_retention": worth.levers.retention,
        "cx_revenue_gain": worth.levers.revenue,
        "cx_service": worth.levers.service,
        "cx_pv_residual": worth.pv_residual,
        "cx_break_even_failure_cut": worth.break_even.failure_cut,
    }


def agrees(found, case):
    for name, value in expected(case).items():
        if value is None:
            assert found[name] == "–", name
        else:
            assert found[name] == pytest.approx(value, abs=CENT), name


def test_the_room_counts_with_the_same_formulas_as_the_page():
    assert business_case is same


@pytest.mark.parametrize("case", [CASE, REPLACED, COUNTED, NOTHING], ids=["margin", "replacement", "residual", "zeros"])
def test_what_stands_in_the_cells_is_the_product_s_own_result(written, case):
    agrees(results(load_workbook(io.BytesIO(written_case(written, case)), data_only=True)), case)


def test_recalculated_by_libreoffice_after_a_change_everything_agrees_to_the_cent(written, tmp_path):
    """Somebody changes inputs, the mode, the course and the residual; the draws follow, too."""
    book = load_workbook(io.BytesIO(written_case(written, CASE)))
    sheet = book["BusinessCase"]
    place = {row[1].value: row for row in sheet.iter_rows(max_row=30)}
    changed = dict(REPLACED.ranges)
    for name, one in changed.items():
        for cell, end in zip(place[f"cx_{name}"][2:5], (one.low, one.best, one.high), strict=True):
            cell.value = end
    mode = next(row[3] for row in sheet.iter_rows(max_row=30) if row[3].value == "margin")
    mode.value = "replacement"
    after = Calculation(ranges=changed, ramp=CASE.ramp, mode="replacement")
    agrees(results(recalculated(book, tmp_path)), after)


def test_every_input_has_its_names_for_others_to_build_on(written):
    names = readers.book(written_case(written, CASE)).defined_names
    for name in money_sheet.INPUTS:
        assert {f"cx_{name}", f"cx_{name}_low", f"cx_{name}_high"} <= set(names)
    assert {"cx_npv", "cx_npv_p10", "cx_npv_p90", "cx_chance", "cx_mode", "cx_residual"} <= set(names)


def test_a_workshop_without_a_case_has_no_such_sheet(written):
    assert "BusinessCase" not in readers.book(written(outcome(), "xlsx")).sheetnames


def test_one_leaders_range_stands_nowhere(written):
    sheet = readers.book(written(outcome(), "xlsx"))["Ranges_agg"]
    assert [cell.value for cell in sheet[2]] == ["step", "input", "n", "low", "best", "high", "unit"]
