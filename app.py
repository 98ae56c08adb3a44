"""The process: our door in front, Streamlit behind it. `python -m outside_in` or `streamlit run app.py`."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parent))  # also from another folder

from starlette.middleware import Middleware

from outside_in.domain.errors import WorkshopError
from outside_in.web import beside, desk, door, follow
from outside_in.web.guard import Guard
from outside_in.web.process import process
from outside_in.web.settings import obey_environment

obey_environment()
app = st.App(
    Path(__file__).parent / "outside_in" / "ui" / "frame.py",
    routes=[*door.ROUTES, *desk.ROUTES, *beside.ROUTES, *follow.ROUTES],
    middleware=[Middleware(Guard)],
    lifespan=process,
    exception_handlers={WorkshopError: door.no_longer},
)
