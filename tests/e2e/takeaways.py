"""The files of a session, downloaded on its outcomes page and opened again."""

import csv
import json
import zipfile
from collections import defaultdict
from functools import cache
from io import BytesIO, StringIO
from urllib.parse import urlsplit

import icalendar
import openpyxl
import pptx
import pypdf
from docx import Document
from playwright.sync_api import expect

from outside_in.domain.outcome import Outcome
from outside_in.exports.tables import BUILDERS
AUDIENCES = {"board": "Vorstand", "participants": "Teilnehmende", "internal": "Intern"}


class Takeaways:
    def __init__(self, page, code):
        self._page, self._code = page, code

    @cache
    def file(self, format, audience="participants"):
        """Pressed by a person: a tab opens and the file comes down."""
        home = urlsplit(self._page.url)
        tab = self._page.context.new_page()
        tab.goto(f"{home.scheme}://{home.netloc}/outcomes?code={self._code}")
        choice = tab.get_by_role("radio", name=AUDIENCES[audience])
        choice.click()
        button = tab.locator(f".st-key-export-{format} a")
        expect(button).to_have_attribute("href", lambda_(audience))
        with tab.context.expect_page() as opened:
            button.click()
        download = opened.value.wait_for_event("download")
        data = open(download.path(), "rb").read()
        tab.close()
        return data
