"""
The whole way with what customers really wrote: file, themes, room, files.

The reviews lie beside the repository and are no part of it; without them the sample company's file goes the same way.
"""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.server import ROOT
from tests.e2e.takeaways import Takeaways

pytestmark = pytest.mark.browser
REAL = Path(os.environ.get("OUTSIDE_IN_REAL_DATA") or ROOT.parent / "shared" / "data") / "womens_clothing.csv"
SAMPLE = ROOT / "workshop_content" / "sample" / "lindhain" / "feedback.csv"
