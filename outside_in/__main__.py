"""
python -m outside_in …: one verb per function; what each does lives in the house.

Every command ends with 0, with 2 on wrong usage, or with 1 and one sentence on stderr. With
--json, stdout holds exactly one document, also when the command fails.
"""

import argparse
import json
import locale
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from outside_in import __version__
from outside_in.domain.errors import WorkshopError
from outside_in.domain.text import Language, Say

Command = Callable[[argparse.Namespace], int]
COMMON = ("data", "database", "lang", "json", "debug")


def main(argv: Sequence[str] | None = None) -> int:
    args = parser().parse_args(argv)
    os.environ.update(_environ(args))
    try:
        return int(args.command(args))
    except WorkshopError as error:
        return _failed(args, error.code, _say(args)(error.line))
    except KeyboardInterrupt:
        return 0
    except BrokenPipeError:
        return 0
    except Exception as error:  # a bug, or a disk: one sentence here, the rest with --debug
        if args.debug:
            traceback.print_exc()
        why, kind = " ".join(str(getattr(error, "orig", error)).split())[:200], type(error).__name__
        said = _say(args)("This did not work: {why} ({kind}).", why=why, kind=kind)
        return _failed(args, "bug", said)


def _failed(args: argparse.Namespace, code: str, said: str) -> int:
    if args.json:
        _print({"error": {"code": code, "message": said}})
    print(said, file=sys.stderr)
    return 1


def _environ(args: argparse.Namespace) -> dict[str, str]:
    """So that every part of the house, children included, finds the same data."""
    given = {"OUTSIDE_IN_DATA": args.data and str(Path(args.data).absolute()), "OUTSIDE_IN_DATABASE": args.database}
    return {name: str(value) for name, value in given.items() if value}


def _language(args: argparse.Namespace) -> Language:
    wanted = args.lang or (locale.getlocale()[0] or os.environ.get("LANG", ""))
    return "de" if wanted[:2].lower() == "de" else "en"


def _say(args: argparse.Namespace) -> Say:
    from outside_in.content import Speaker

    return Speaker(_language(args))


def _print(document: Any) -> None:
    print(json.dumps(document, ensure_ascii=False, default=str), flush=True)


def _out(args: argparse.Namespace, document: Any, said: str) -> None:
    """The document with --json, the sentence without."""
    if args.json:
        _print(document)
    else:
        print(said, flush=True)


def _bar(share: float) -> None:
    if sys.stderr.isatty():
        done = round(share * 30)
        print(f"\r[{'#' * done}{'.' * (30 - done)}] {share:4.0%}", end="", file=sys.stderr, flush=True)
        if share >= 1:
            print(file=sys.stderr)


# what the commands do -----------------------------------------------------------------------


def serve(args: argparse.Namespace) -> int:
    from outside_in.house.settings import Settings
    from outside_in.web.serve import serve as run

    given = {"host": args.host, "port": args.port, "lan": args.lan or None}
    if args.lan and not args.host:
        given["host"] = "0.0.0.0"
    settings = Settings.of(browser=False if args.no_browser else None, demo=False if args.no_demo else None, **given)
    return run(settings, _say(args))


def demo(args: argparse.Namespace) -> int:
    from outside_in.house import demo as fictional

    house = _house()
    made = fictional.demo(house, args.url or _running(house), args.sample, open_first=args.open)
    _out(args, made.model_dump(), "\n".join(f"{name}: {value}" for name, value in made.model_dump().items()))
    return 0


def _running(house: Any) -> str:
    """The address of the server on this data, if one runs; else where it would be."""
    known = house.settings.data / "server.url"
    return known.read_text("utf-8").split()[0] if known.exists() else str(house.settings.address)


def simulate(args: argparse.Namespace) -> int:
    from random import Random

    from outside_in.domain.people import OPERATOR

    house, code = _house(), args.code.replace("-", "").upper()
    if args.clear:
        after = house.change(OPERATOR, code, lambda now: now.clear(OPERATOR))
        _out(args, {"phones": 0, "answers": 0}, _say(args)("Simulated answers are cleared."))
        return 0 if after.rehearsed == 0 else 1
    chance = Random(args.seed) if args.seed is not None else None
    with _journal(args.journal) as acknowledged:
        answers = house.simulate(OPERATOR, code, args.phones, chance, acknowledged)
    said = _say(args)("{n} simulated leaders gave {answers} answers.", n=args.phones, answers=answers)
    _out(args, {"phones": args.phones, "answers": answers}, said)
    return 0


class _journal:
    """Appends one line per acknowledged answer, after it was acknowledged and never before."""

    def __init__(self, path: str | None) -> None:
        self._file = open(path, "a", encoding="utf-8") if path else None  # noqa: SIM115 – closed in __exit__

    def __enter__(self) -> Callable[[str, str], None]:
        return self._note

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def _note(self, step: str, receipt: str) -> None:
        if self._file:
            self._file.write(json.dumps({"step": step, "receipt": receipt}) + "\n")
            self._file.flush()


def take_in(args: argparse.Namespace) -> int:
    from outside_in.house import intake

    say = _say(args)
    given = intake.Given(path=Path(args.file), mapping=args.mapping and Path(args.mapping), preset=args.preset)
    if args.dry_run:
        result = intake.dry_run(given, say, args.preview, _bar)
    else:
        result = intake.store(_house(), given, args.workshop, say, args.preview, _bar)
    if args.json:
        _print(result.document)
    else:
        print(say("{n} rows can be taken, {bad} rejected.", n=result.report.accepted, bad=result.report.rejected))
        for error in result.report.errors[:20]:
            print(f"  {error.row or ''}\t{error.column or ''}\t{error.message}")
    if result.report.accepted:
        return 0
    first = result.report.errors[0].message if result.report.errors else say("No row can be taken.")
    print(first, file=sys.stderr)
    return 1


def find_themes(args: argparse.Namespace) -> int:
    os.environ.update({name: os.environ.get(name, "1") for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")})
    from outside_in.house.piles import Asked, themes_of
    from outside_in.house.settings import Settings

    asked = Asked(
        where=args.file,
        text=args.text,
        encoder=args.encoder,
        model=args.model,
        themes=args.themes,
        seed=args.seed,
        engine="dask" if args.scheduler else args.engine,
        scheduler=args.scheduler,
        cache=Settings.of().vectors,
    )
    told = themes_of(asked, _say(args), _bar)
    document, note = told.document, told.note
    Path(args.out).write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")
    top = [t for t in document["themes"] if t["parent"] is None]
    said = _say(args)(
        "{n} themes in {rows} comments: {file}", n=len(top), rows=len(document["comments"]), file=args.out
    )
    summary = {"themes": len(top), "rows": document["rows"], "out": str(Path(args.out).absolute()), "note": note}
    _out(args, summary, f"{said}\n{note}".strip())
    return 0


def journeys(args: argparse.Namespace) -> int:
    from outside_in.house import intake

    columns = {"case": args.case, "activity": args.activity, "time": args.time}
    document = intake.journeys_of(Path(args.file), columns, progress=_bar, say=_say(args))
    Path(args.out).write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")
    figures = {name: document[name] for name in ("cases", "events", "ways")}
    said = _say(args)("{cases} cases with {events} events go {ways} ways: {file}", **figures, file=args.out)
    _out(args, {**figures, "rejected": document["rejected"], "out": str(Path(args.out).absolute())}, said)
    return 0


def verify(args: argparse.Namespace) -> int:
    from outside_in.house.verify import verify as compute

    report = compute(json.loads(Path(args.file).read_text("utf-8")))
    said = _say(args)(
        "{passed} passed, {failed} failed, {unknown} unknown.",
        passed=report["passed"],
        failed=report["failed"],
        unknown=report["unknown"],
    )
    _out(args, report, said)
    well = report["passed"] and not report["failed"] and not report["unknown"]
    if not well:
        print(said, file=sys.stderr)
    return 0 if well else 1


def export(args: argparse.Namespace) -> int:
    from outside_in.house.take_home import export_all

    made = export_all(
        _house(),
        args.code.replace("-", "").upper(),
        Path(args.to),
        tuple(args.formats.split(",")) if args.formats else None,
        args.audience,
        _language(args),
    )
    _out(args, {"files": made}, "\n".join(str(one["path"]) for one in made))
    return 0


def bundle_import(args: argparse.Namespace) -> int:
    from outside_in.house.take_home import open_bundle

    opened = open_bundle(_house(), Path(args.file).read_bytes())
    _out(args, opened, _say(args)("Opened as {codes}.", codes=", ".join(opened["codes"])))
    return 0


def backup(args: argparse.Namespace) -> int:
    from outside_in.store.backup import backup as save

    made = save(_house().database, Path(args.folder))
    _out(args, made, str(made["file"]))
    return 0


def restore(args: argparse.Namespace) -> int:
    from outside_in.house.settings import Settings
    from outside_in.store.backup import restore as bring_back

    settings = Settings.of()
    bring_back(Path(args.file), settings.database, settings.data, force=args.force)
    _out(args, {"restored": args.file}, _say(args)("The backup is in place."))
    return 0


def account(args: argparse.Namespace) -> int:
    house, say = _house(), _say(args)
    doors = house.database.doors
    if args.what == "list":
        found = [{"id": a.id, "login": a.login} for a in doors.accounts()]
        _out(args, {"accounts": found}, "\n".join(f"{a['id']}\t{a['login'] or '–'}" for a in found))
    elif args.what == "link":
        known = next((a.id for a in doors.accounts() if args.login in (None, a.login)), None)
        if known is None:
            return _failed(args, "unknown", say("We do not know “{name}”.", name=args.login))
        url = f"{_running(house).rstrip('/')}/enter/{house.sign_in_link(known)}"
        _out(args, {"url": url}, url)
    else:
        password = args.password or sys.stdin.readline().rstrip("\n")
        change = doors.add_account if args.what == "add" else doors.reset_password
        change(args.login, password)
        _out(args, {"login": args.login}, say("Saved"))
    return 0


def erase(args: argparse.Namespace) -> int:
    from outside_in.house.erase import erase as forget

    certificate = forget(_house(), participant=args.participant, workshop=args.workshop, expired=args.expired)
    _out(args, certificate, json.dumps(certificate, ensure_ascii=False, indent=1))
    return 0


def privacy(args: argparse.Namespace) -> int:
    from outside_in.house.papers import declared

    house, to = _house(), Path(args.to)
    to.mkdir(parents=True, exist_ok=True)
    workshop = house.workshops.of(args.workshop.replace("-", "").upper()) if args.workshop else None
    made = []
    for kind in ("data-sheet", "record"):
        file = declared(house, kind, _say(args), workshop)
        path = (to / file.name).absolute()
        path.write_bytes(file.data)
        made.append({"format": "pdf", "path": str(path), "bytes": len(file.data)})
    _out(args, {"files": made}, "\n".join(str(one["path"]) for one in made))
    return 0


def doctor(args: argparse.Namespace) -> int:
    from outside_in.house import doctor as physician
    from outside_in.web.settings import missing_settings

    say = _say(args)
    found = physician.checks(_house(migrate=False), tuple(missing_settings()))
    ok = all(check.status != "fail" for check in found)
    told = [
        {"id": c.id, "status": c.status, "message": say(c.message), "fix": say(c.fix) if c.fix else None} for c in found
    ]
    _out(args, {"ok": ok, "checks": told}, "\n".join(f"{c['status']:4} {c['message']} {c['fix'] or ''}" for c in told))
    if not ok:
        print(next(c["message"] for c in told if c["status"] == "fail"), file=sys.stderr)
    return 0 if ok else 1


def _house(migrate: bool = True) -> Any:
    from outside_in import house

    return house.parts(migrate=migrate)


# how they are called ------------------------------------------------------------------------


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        "python -m outside_in", description="Outside-In: leaders see their company the way customers do."
    )
    top.add_argument("--version", action="version", version=__version__)
    _common(top, top=True)
    top.add_argument("--host")
    top.add_argument("--port", type=int)
    top.add_argument("--no-browser", action="store_true")
    top.add_argument("--lan", action="store_true", help="let phones of the same network join over plain HTTP")
    top.add_argument("--no-demo", action="store_true", help="do not add the sample workshop on the first start")
    top.set_defaults(command=serve)
    verbs = top.add_subparsers(metavar="COMMAND")
    _demo(verbs)
    _files(verbs)
    _keeping(verbs)
    return top


def _verb(verbs: Any, name: str, command: Command, about: str) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=about, description=about)
    _common(verb, top=False)
    verb.set_defaults(command=command)
    return verb


def _common(to: argparse.ArgumentParser, *, top: bool) -> None:
    """Accepted before and after the command; a later one wins, an absent one leaves the earlier alone."""
    default = None if top else argparse.SUPPRESS
    to.add_argument("--data", default=default, help="folder of the database, imported data and backups")
    to.add_argument("--database", default=default, help="database URL; default: SQLite in the data folder")
    to.add_argument("--lang", choices=["de", "en"], default=default)
    to.add_argument("--json", action="store_true", default=False if top else argparse.SUPPRESS)
    to.add_argument("--debug", action="store_true", default=False if top else argparse.SUPPRESS)


def _demo(verbs: Any) -> None:
    verb = _verb(verbs, "demo", demo, "a fresh session of the sample workshop")
    verb.add_argument("--open", action="store_true", help="with the first question open")
    verb.add_argument("--sample", default="lindhain", help="which company: lindhain (German), kestrel-row (English)")
    verb.add_argument("--url", help="address of the server, if it is another")
    verb = _verb(verbs, "simulate", simulate, "simulated leaders answer what is open")
    verb.add_argument("code")
    verb.add_argument("--phones", type=int, default=12)
    verb.add_argument("--seed", type=int)
    verb.add_argument("--journal", help="file that gets one line per acknowledged answer")
    verb.add_argument("--clear", action="store_true", help="remove simulated answers")


def _many(wanted: str) -> int | None:
    if wanted == "auto":
        return None
    if not wanted.isdecimal() or not int(wanted):
        raise argparse.ArgumentTypeError("auto, or a number from 1")
    return int(wanted)


def _files(verbs: Any) -> None:
    verb = _verb(verbs, "import", take_in, "import customer feedback")
    verb.add_argument("file")
    verb.add_argument("--workshop")
    verb.add_argument("--mapping")
    verb.add_argument("--preset")
    verb.add_argument("--dry-run", action="store_true")
    verb.add_argument("--preview", type=int, metavar="N")
    verb = _verb(verbs, "themes", find_themes, "find themes in a file, or in a folder of parts")
    verb.add_argument("file", help="a file, a folder, or a pattern in quotation marks")
    verb.add_argument("--text", help="column of the comments")
    verb.add_argument("--encoder", choices=["builtin", "sentence-transformers"], default="builtin")
    verb.add_argument("--model", help="path or name of a sentence model")
    verb.add_argument("--themes", type=_many, default="auto", metavar="auto|N")
    verb.add_argument("--seed", type=int, default=0)
    verb.add_argument("--engine", choices=["local", "dask"], default="local")
    verb.add_argument(
        "--scheduler", metavar="ADDRESS", help="of a Dask cluster (tcp://host:8786); implies --engine dask"
    )
    verb.add_argument("--out", required=True)
    verb = _verb(verbs, "journeys", journeys, "derive journeys from an event log (CSV or XES)")
    verb.add_argument("file")
    verb.add_argument("--case", help="column of the case")
    verb.add_argument("--activity", help="column of what happened")
    verb.add_argument("--time", help="column of when it happened")
    verb.add_argument("--out", required=True)
    verb = _verb(verbs, "verify", verify, "compute reference vectors with the product's own formulas")
    verb.add_argument("file")
    verb = _verb(verbs, "export", export, "write the deliverables of a session")
    verb.add_argument("code")
    verb.add_argument("--to", required=True)
    verb.add_argument("--formats", help="pptx,xlsx,pdf,docx,ics,csv,json")
    verb.add_argument("--audience", choices=["board", "participants", "internal"], default="participants")
    verb = _verb(verbs, "bundle-import", bundle_import, "open a workshop bundle")
    verb.add_argument("file")


def _keeping(verbs: Any) -> None:
    _verb(verbs, "backup", backup, "consistent online backup").add_argument("folder")
    verb = _verb(verbs, "restore", restore, "check a backup and put it in place")
    verb.add_argument("file")
    verb.add_argument("--force", action="store_true", help="also where there is data")
    verb = _verb(verbs, "account", account, "local accounts")
    verb.add_argument("what", choices=["add", "reset-password", "link", "list"])
    verb.add_argument("login", nargs="?")
    verb.add_argument("--password", help="read from standard input when not given")
    verb = _verb(verbs, "erase", erase, "privacy deletion with a certificate")
    which = verb.add_mutually_exclusive_group(required=True)
    which.add_argument("--participant")
    which.add_argument("--workshop")
    which.add_argument("--expired", action="store_true")
    verb = _verb(
        verbs, "privacy", privacy, "data sheet and record of processing activities, from the settings in force"
    )
    verb.add_argument("--to", required=True)
    verb.add_argument("--workshop", help="for one workshop")
    _verb(verbs, "doctor", doctor, "is all well?")


if __name__ == "__main__":
    sys.exit(main())
