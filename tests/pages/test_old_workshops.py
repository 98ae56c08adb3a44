"""A workshop whose comments have had their time is still there to be looked at."""

import pytest

from tests.pages.tabs import open_tab

PAGES = ("prepare", "feedback", "themes", "journeys", "worth", "outcomes")


@pytest.mark.parametrize("page", PAGES)
def test_pages_do_without_the_comments(live, page):
    for batch in live.plan.batches:
        live.house.database.corpora.drop(live.workshop, batch.id)
    host = live.badge("facilitator", "facilitator", id="first")
    open_tab(page, host, workshop=live.workshop, code=live.code)
