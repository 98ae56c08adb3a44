"""On the phone: an offer from a language model is there where it was allowed, and only on request."""

import json

from outside_in.domain.people import OPERATOR
from tests.house.test_offering import DRAFT, GOOD, on, reframing, says  # noqa: F401 - a fixture among them
from tests.pages.tabs import SAY, keys, open_tab, press, words
from tests.writer.fake import Server, Step


def test_a_leader_sees_what_would_leave_the_house_and_gets_an_offer_on_request(reframing, language, world):  # noqa: F811
    ada = reframing.leader()
    says(reframing, ada, DRAFT)
    assert "offer-send" not in keys(open_tab("room", ada, language))
    with Server(Step(json.dumps(GOOD))) as server:
        on(reframing, server.address)
        tab = open_tab("room", ada, language)
        assert "offer-send" in keys(tab)
        assert "0151" not in words(tab).split(SAY[language]("Ask a language model about your draft"))[-1][:400]
        assert server.asked == []
        tab = press(tab, "offer-send")
        assert GOOD["offer"] in words(tab)
    reframing.house.allow_writer(OPERATOR, world.workshop, False)
    assert "offer-send" not in keys(open_tab("room", ada, language))
