"""python -m data local check | map | template | publish | list | withdraw: student files, read and counted on this machine.

Nothing about students is written anywhere but where the person asks for it (--fix-list): rows live in memory, no core dump is
made, and error texts hold no value of a row. The check-up goes to standard output, and quotes values only on a terminal.
"""

import argparse
import contextlib
import ctypes
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any


def add(commands: Any, progress: Callable[[], Any]) -> None:
    """Add `local` and its own commands to the builder's. `progress` says how far the work is."""
    local = commands.add_parser("local", help="read, check, count and publish student files, on this machine only")
    local.set_defaults(progress=progress)
    own = local.add_subparsers(required=True, metavar="check | map | template | publish | list | withdraw")
    for name, run, says in (
        ("check", "check", "read and check files, keep nothing"),
        ("publish", "publish", "count them and publish the counts"),
    ):
        one = own.add_parser(name, help=says)
        one.add_argument("files", nargs="+", type=Path, metavar="FILE")
        one.add_argument("--lea", default="", metavar="CODE", help="the district, seven digits (default: as the rows say)")
        one.add_argument("--year", type=int, default=0, help="the ending year, 2026 for 2025-26 (default: as the rows say)")
        one.add_argument("--through", type=int, default=0, metavar="YYYYMM", help="the last closed month to count")
        one.add_argument("--today", type=date.fromisoformat, default=None, help=argparse.SUPPRESS)
        one.add_argument(
            "--fix-list", type=Path, default=None, metavar="PATH", help="write what needs a person to PATH, .csv or .xlsx"
        )
        one.set_defaults(run=_guarded(run))
    mapped = own.add_parser("map", help="suggest what the columns and codes of an unknown layout mean, and keep what is accepted")
    mapped.add_argument("file", type=Path, metavar="FILE")
    mapped.add_argument("--lea", required=True, metavar="CODE")
    mapped.add_argument("--to", type=Path, default=None, metavar="LIST", help="where to write (default FILE.mapping.csv)")
    mapped.add_argument("--accept", type=Path, default=None, metavar="LIST", help="keep the lines of LIST in which you wrote yes")
    mapped.set_defaults(run=_guarded("map_file"))
    made = own.add_parser("template", help="write the empty service log and its description")
    made.add_argument("--to", type=Path, default=Path(), metavar="FOLDER")
    made.set_defaults(run=_guarded("template"))
    own.add_parser("list", help="what is published, by district").set_defaults(run=_guarded("listed"))
    gone = own.add_parser("withdraw", help="take a district's counts back from every page")
    gone.add_argument("lea", metavar="LEA")
    gone.set_defaults(run=_guarded("withdraw"))


def _guarded(name: str) -> Callable[[argparse.Namespace], int]:
    """A command whose errors are sentences: an exception's own text or traceback could hold a value of a row."""

    def guarded(options: argparse.Namespace) -> int:
        no_core_dump()
        try:
            from data.local import commands

            return getattr(commands, name)(options)
        except OSError as error:
            print(f"{error.strerror or 'This cannot be read'}: {error.filename or ''}", file=sys.stderr)
        except Exception as error:
            print(_said(error), file=sys.stderr)
        return 2

    return guarded


def _said(error: Exception) -> str:
    from data.local.files import Unread
    from data.local.load import NotCounted

    if isinstance(error, Unread):
        from data.local.plan import plan

        rule = next(r for r in plan()["rules"] if r["id"] == error.rule)
        return (
            rule["sentence"].replace("{value}", error.value).replace("{record}", str(error.record or "")) + " " + rule["way_out"]
        )
    if isinstance(error, NotCounted) or type(error).__module__.startswith("data."):
        return str(error)
    where = error.__traceback__
    while where and where.tb_next:
        where = where.tb_next
    place = f"{Path(where.tb_frame.f_code.co_filename).name}, line {where.tb_lineno}" if where else "an unknown place"
    return f"Something went wrong ({type(error).__name__} in {place}). Nothing was published or kept."


def no_core_dump() -> None:
    """Memory holds students: no copy of it may land on a disk when this process dies."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, AttributeError):
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(4, 0)  # PR_SET_DUMPABLE: also where cores go through a pipe
