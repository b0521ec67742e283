"""The builder's commands: python -m data fetch | build | demo | check | match | builds | local. Exit codes: 0 done, 2 refused."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from data import builds, fetch, invariants, match, network, serving, sources, store, warehouse
from data.local import cli
from data.problems import Finding, Refused

SENTENCES = (
    builds.NoRoom, store.Locked, warehouse.NoBuild, serving.Damaged, invariants.Broken, network.NotFetched, match.NotMatched,
    Refused,
)  # fmt: skip
MOST_FINDINGS = 40


def main(argv: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(argv)
    try:
        return options.run(options)
    except builds.NotBuilt as refused:
        _tell(refused.findings)
        if refused.report:
            print(f"The report is kept in {refused.report}.", file=sys.stderr)
        print(str(refused), file=sys.stderr)
        return 2
    except SENTENCES as error:
        print(str(error), file=sys.stderr)
        return 2
    except OSError as error:
        print(
            f"{error.strerror or error}: {error.filename or store.home()}. Nothing was published; the last good build is still "
            "served.",
            file=sys.stderr,
        )
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m data", description="Builds the R-TAC dashboard's data. Data live under $RTAC_HOME (default ./var)."
    )
    commands = parser.add_subparsers(required=True, metavar="fetch | build | demo | check | match | builds | local")
    fetched = commands.add_parser("fetch", help="download CDE's current files, to be built")
    known = ", ".join(f.name for f in sources.families.values() if f.landing)
    fetched.add_argument("families", nargs="*", metavar="FAMILY", help=f"only some of: {known}")
    fetched.add_argument("--since", type=int, default=0, metavar="YEAR", help="only from this ending year on (2023 is 2022-23)")
    fetched.set_defaults(run=_fetch)
    for name, run, says in (
        ("build", _build, "read files or folders, build, publish"),
        ("check", _check, "read and check only, keep nothing"),
    ):
        one = commands.add_parser(name, help=says)
        one.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        one.set_defaults(run=run)
    demo = commands.add_parser("demo", help="make the demonstration data and build it")
    demo.add_argument("--if-missing", action="store_true", help="only when there is no build yet")
    demo.add_argument("--seed", type=int, default=None)
    demo.set_defaults(run=_demo)
    matched = commands.add_parser("match", help="suggest CDS codes for a list of names, to be accepted by a person")
    matched.add_argument("list", type=Path, metavar="LIST.csv")
    matched.add_argument("--to", type=Path, default=None, metavar="FILE", help="where to write (default LIST.suggested.csv)")
    matched.set_defaults(run=_match)
    listed = commands.add_parser("builds", help="list the builds, publish one, or roll back")
    listed.add_argument("action", nargs="?", choices=("list", "publish", "rollback"), default="list")
    listed.add_argument("id", nargs="?", default="")
    listed.set_defaults(run=_builds)
    cli.add(commands, progress)
    return parser


def _fetch(options: argparse.Namespace) -> int:
    with progress() as say:
        outcomes = fetch.fetch(options.families, options.since, say)
    for failed in (o for o in outcomes if o.state == "failed"):
        print(failed.sentence, file=sys.stderr)
    count = {state: sum(o.state == state for o in outcomes) for state in ("fetched", "unchanged", "failed")}
    said = f"{count['fetched']} files fetched, {count['unchanged']} unchanged, {count['failed']} failed."
    print(f"{said} Build them with: python -m data build {store.home() / 'fetched'}")
    if any(o.name == "directory.txt" and o.state == "fetched" for o in outcomes):
        print("directory.txt names school administrators, as CDE publishes it; no build keeps them. Delete it once it is built.")
    return 2 if count["failed"] else 0


def _build(options: argparse.Namespace) -> int:
    with progress() as say:
        manifest = builds.build(options.paths, say=say)
    _tell([Finding(**f) for f in manifest["findings"]])
    _published(manifest)
    return 0


def _check(options: argparse.Namespace) -> int:
    with progress() as say:
        reading = builds.check(options.paths, say)
    _tell(reading.findings)
    print("Refused: nothing would be built." if reading.failed else f"Accepted: {len(reading.sources)} files would be built.")
    return 2 if reading.failed else 0


def _match(options: argparse.Namespace) -> int:
    target = options.to or options.list.with_suffix(".suggested.csv")
    told = match.match(options.list, target)
    print(f"{sum(told.values())} lines: {told['exact']} with an exact name, {told['similar']} with similar ones, {told['none']} "
          f"without any. Write yes into the column accept of {target} where the place is right, fill in what is missing, and "
          f"give that file to: python -m data build")
    return 0


def _demo(options: argparse.Namespace) -> int:
    from data import demo, demo_local

    if options.if_missing and store.read_current():
        return 0
    seed = demo.SEED if options.seed is None else options.seed
    with progress() as say, demo_local.counted(seed) as documents:
        with tempfile.TemporaryDirectory(prefix="rtac-demo-") as folder:
            say("demonstration files", 0, 1)
            demo.write(Path(folder), seed)
            manifest = builds.build([Path(folder)], demo=True, say=say)
        districts = demo_local.publish(documents, say)
    _published(manifest)
    print(f"Published the invented student files of {districts} districts, as counts. They are shown where RTAC_LOCAL=on.")
    return 0


def _builds(options: argparse.Namespace) -> int:
    if options.action == "publish":
        _published(builds.publish(options.id))
    elif options.action == "rollback":
        _published(builds.rollback())
    else:
        pointer = store.read_current()
        for manifest in store.manifests():
            mark = "*" if pointer and manifest["id"] == pointer.build else " "
            kind = "demonstration" if manifest["demo"] else ", ".join(manifest["families"])
            print(f"{mark} {manifest['id']}  {manifest['created']}  {kind}")
    return 0


def _published(manifest: dict) -> None:
    rows = sum(i["rows"] for i in manifest["indicators"].values())
    seconds = sum(v for v in manifest["steps"].values() if isinstance(v, (int, float)))
    print(f"Published {manifest['id']}: {len(manifest['sources'])} files, {rows:,} facts, {seconds:.1f} s.")


def _tell(findings: Sequence[Finding]) -> None:
    """Say what matters: refusals and warnings to the error stream, worst first."""
    worst = sorted((f for f in findings if f.level != "PASS"), key=lambda f: f.level != "FAIL")
    for finding in worst[:MOST_FINDINGS]:
        where = ", ".join(
            p
            for p in (finding.file, f"line {finding.line}" if finding.line else "", finding.column and f"column {finding.column}")
            if p
        )
        print(f"{finding.level} {finding.code} · {where + ': ' if where else ''}{finding.sentence}", file=sys.stderr)
    if len(worst) > MOST_FINDINGS:
        print(f"… and {len(worst) - MOST_FINDINGS} more.", file=sys.stderr)


class progress:
    """Says how far the work is: bars on a terminal, one plain line a step elsewhere."""

    def __enter__(self) -> Callable[[str, int, int], None]:
        self.bars = None
        self.tasks: dict[str, int] = {}
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress

            self.bars = Progress(console=Console(stderr=True))
            self.bars.start()
        return self.say

    def say(self, step: str, done: int, total: int) -> None:
        if self.bars is None:
            if step not in self.tasks:
                self.tasks[step] = 0
                print(f"{step} …", file=sys.stderr)
            return
        if step not in self.tasks:
            self.tasks[step] = self.bars.add_task(step, total=total)
        self.bars.update(self.tasks[step], completed=done, total=total)  # type: ignore[arg-type]

    def __exit__(self, *_: object) -> None:
        if self.bars:
            self.bars.stop()


if __name__ == "__main__":
    sys.exit(main())
