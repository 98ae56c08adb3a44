"""Streamlit's settings: the same from any folder, and said loudly if one did not take."""

import os
import sys
import tomllib
from pathlib import Path
from typing import Any

from streamlit import config

ROOT = Path(__file__).parents[2]
FILE = ROOT / ".streamlit" / "config.toml"
FREE = {"server.address", "server.port", "logger.level", "server.maxUploadSize", "server.allowedHosts"}
"""An operator may choose these; everything else is part of what we promise."""


def wanted() -> dict[str, Any]:
    """Our file, as Streamlit names its options; the theme is not a promise."""
    written = tomllib.loads(FILE.read_text("utf-8"))
    written.pop("theme")
    return {f"{section}.{name}": value for section, rows in written.items() for name, value in rows.items()}


def apply(**server: object) -> None:
    """For whoever starts us without `streamlit run`, from whatever folder; `server`: port and address."""
    from streamlit.web import bootstrap

    config._main_script_path = str(ROOT / "app.py")
    bootstrap.load_config_options({})
    for name, value in wanted().items():
        if name not in FREE:
            config.set_option(name, value)
    for name, value in server.items():
        config.set_option(f"server.{name}", value)


def message_bytes() -> int:
    """The largest message a browser may send."""
    return int(config.get_option("server.maxMessageSize")) << 20


def missing_settings() -> list[str]:
    """Settings that are not in force in this process."""
    if config.get_option("runner.postScriptGC"):
        apply()
    return [name for name, value in wanted().items() if name not in FREE and config.get_option(name) != value]


def by_streamlit() -> bool:
    """Whether `streamlit run` started this process."""
    return config._server_mode == "starlette-app"


def obey_environment() -> None:
    """
    `streamlit run app.py` binds before it reads us: with OUTSIDE_IN_PORT or _HOST it starts once more.

    A `--server.port` or `--server.address` of its own wins; either way the house learns where it stands.
    """
    if not by_streamlit():
        return
    places = {"OUTSIDE_IN_PORT": "server.port", "OUTSIDE_IN_HOST": "server.address"}
    asked = {name: option for name, option in places.items() if os.environ.get(name) and not _by_flag(option)}
    if asked and "OUTSIDE_IN_OBEYED" not in os.environ:
        os.environ["OUTSIDE_IN_OBEYED"] = "1"
        for name, option in asked.items():
            os.environ[f"STREAMLIT_{option.replace('.', '_').upper()}"] = os.environ[name]
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    for name, option in places.items():
        os.environ[name] = str(config.get_option(option))


def _by_flag(option: str) -> bool:
    return config.get_where_defined(option) == config._DEFINED_BY_FLAG
