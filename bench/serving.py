"""Server time of every callback with random choices, beside the bare DuckDB queries that it asked, on the same serving file.

    python -m bench.serving [draws]
Each callback is posted in this process, compressed as for a browser: first with a fresh choice (nothing cached), then again
(cached). Its queries are noted and run once more with a plain connection and no product code.
"""

import json
import random
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from bench.calls import HEADERS, POST, Call, known, learn, vary
from bench.common import at, gunicorn, table, use_home

TARGET_MS = 60


@dataclass
class Cost:
    """Milliseconds of one callback over all draws, the bare time of its queries, bytes sent, and answers that were not 200.

    `cpu` is that of the whole process, DuckDB's threads included: on a busy machine it says more than the clock.
    """

    fresh: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    cached: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    size: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def main(draws: int) -> None:
    home = use_home()
    with gunicorn("app:server", "-c", "gunicorn.conf.py", wait_for="/ready") as address:
        calls = learn(address)
    from app import server
    from data import serving, warehouse

    build = warehouse.current()
    print(f"home {home}, build {build.id}{' (demonstration)' if build.demo else ''}, {build.mode}, {draws} draws a callback")
    plain = _plain(serving.file_of(build.id))
    asked = _listen(warehouse)
    client, dice, choices = server.test_client(), random.Random(8), known()
    costs: dict[tuple[str, str], Cost] = defaultdict(Cost)
    for _ in range(draws):
        for call in calls:
            cost, body = costs[call.page, call.name], vary(call, choices.draw(call.page, dice))
            asked.clear()
            used = time.process_time()
            cost.fresh.append(_post(client, body, cost))
            cost.cpu.append(1000 * (time.process_time() - used))
            cost.bare.append(sum(_bare(plain, sql, params) for sql, params in asked))
            cost.cached.append(_post(client, body, cost))
    _say(calls, costs)


def _plain(file: Path) -> duckdb.DuckDBPyConnection:
    """A connection with no setting of ours, to a copy: DuckDB opens one file of a process with one configuration only."""
    with tempfile.TemporaryDirectory(prefix="rtac-bench-") as folder:
        copy = shutil.copy(file, folder)
        return duckdb.connect(copy, read_only=True)


def _listen(warehouse) -> list[tuple[str, dict]]:
    """Note every query that the product asks from here on."""
    asked: list[tuple[str, dict]] = []
    real = warehouse.query

    def noting(sql: str, params: dict, build: str | None = None):
        asked.append((sql, params))
        return real(sql, params, build)

    warehouse.query = noting
    return asked


def _post(client, body: dict, cost: Cost) -> float:
    text = json.dumps(body)
    start = time.perf_counter()
    answer = client.post(POST, data=text, headers=HEADERS)
    took = 1000 * (time.perf_counter() - start)
    cost.size.append(len(answer.data))
    if answer.status_code not in (200, 204):
        cost.wrong.append(f"{answer.status_code} {answer.data[:120]!r}")
    return took


def _bare(con: duckdb.DuckDBPyConnection, sql: str, params: dict) -> float:
    start = time.perf_counter()
    con.execute(sql, params).fetchall()
    return 1000 * (time.perf_counter() - start)


def _say(calls: list[Call], costs: dict[tuple[str, str], Cost]) -> None:
    rows, every = [], []
    for call in calls:
        cost = costs[call.page, call.name]
        every += cost.fresh
        middle, bare = at(cost.fresh, 0.5), at(cost.bare, 0.5)
        rows.append((
            f"{call.page.split('?')[0]} {call.name}", middle, at(cost.fresh, 0.95), at(cost.cpu, 0.5),
            float(bare), float(at(cost.bare, 0.95)),
            middle / bare if bare else "-", at(cost.cached, 0.5), at(cost.size, 0.5) / 1000,
        ))
    head = ("callback", "p50 ms", "p95 ms", "CPU p50", "bare p50", "bare p95", "x bare", "cached p50", "KB")
    table("Server time of each callback", head, rows)
    over = ", ".join(name for name, _, high, *_ in rows if high > TARGET_MS) or "none"
    print(f"all callbacks p50 {at(every, 0.5):.1f} ms, p95 {at(every, 0.95):.1f} ms (target p95 {TARGET_MS} ms; over it: {over})")
    for (page, name), cost in costs.items():
        for text in sorted(set(cost.wrong))[:3]:
            print(f"not answered: {page} {name}: {text}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
