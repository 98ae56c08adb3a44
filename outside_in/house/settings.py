"""Where this house stands: data, database, address. From arguments, then the environment, then defaults."""

import os
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path

from outside_in.domain.model import Model


class Settings(Model):
    data: Path
    """Holds the SQLite file, imported data, uploads and automatic backups."""
    database: str
    host: str = "127.0.0.1"
    port: int = 8501
    browser: bool = True
    lan: bool = False
    """Phones of the same network may join over plain HTTP; hosts must be on this machine."""
    demo: bool = True
    hosts: tuple[str, ...] = ()
    """Further names under which this house is reached, behind a proxy; OUTSIDE_IN_HOSTS, comma-separated."""

    @classmethod
    def of(cls, environ: Mapping[str, str] | None = None, **given: object) -> "Settings":
        """`given` wins over `OUTSIDE_IN_…`; None in `given` counts as not given."""
        env = os.environ if environ is None else environ
        wanted = {name: value for name, value in given.items() if value is not None}
        data = Path(str(wanted.pop("data", None) or env.get("OUTSIDE_IN_DATA") or default_data()))
        database = wanted.pop("database", None) or env.get("OUTSIDE_IN_DATABASE")
        known = {
            "host": env.get("OUTSIDE_IN_HOST"),
            "port": env.get("OUTSIDE_IN_PORT"),
            "browser": env.get("OUTSIDE_IN_BROWSER"),
            "lan": env.get("OUTSIDE_IN_LAN"),
            "demo": env.get("OUTSIDE_IN_DEMO"),
        }
        known = {name: value for name, value in known.items() if value}
        hosts = tuple(filter(None, env.get("OUTSIDE_IN_HOSTS", "").split(",")))
        place = data.expanduser().absolute()
        return cls.model_validate(
            {
                "data": place,
                "database": database or f"sqlite:///{place / 'outside-in.sqlite3'}",
                "hosts": hosts,
                **known,
                **wanted,
            }
        )

    def environ(self) -> dict[str, str]:
        """For a child process that is to stand in the same house."""
        return {
            "OUTSIDE_IN_DATA": str(self.data),
            "OUTSIDE_IN_DATABASE": self.database,
            "OUTSIDE_IN_HOST": self.host,
            "OUTSIDE_IN_PORT": str(self.port),
            "OUTSIDE_IN_LAN": "1" if self.lan else "0",
        }

    @property
    def uploads(self) -> Path:
        return self.data / "uploads"

    @property
    def exports(self) -> Path:
        return self.data / "exports"

    @property
    def vectors(self) -> Path:
        """What sentence models said, by a hash of the text."""
        return self.data / "vectors"

    @property
    def backups(self) -> Path:
        return self.data / "backups"

    @property
    def address(self) -> str:
        """As people on this machine type it, with a slash at the end."""
        shown = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{shown}:{self.port}/"


def default_data() -> Path:
    return user_data_path("outside-in", appauthor=False)
