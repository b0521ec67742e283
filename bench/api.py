"""Server time of a page of 5,000 facts and of other answers of the API, beside the bare DuckDB query of the same rows.

    python -m bench.api [rounds]
Each is asked in this process, without compression, every round for another page, so that nothing kept is measured.
"""

import sys
import time
from collections.abc import Callable

from bench.common import at, table, use_home

FACTS = "/api/v1/facts?indicator=chronic_absenteeism_rate&limit=5000"
ASKED = {
    "facts, 5,000 rows, JSON": (FACTS, "facts"),
    "facts, 5,000 rows, CSV": (f"{FACTS}&format=csv", "facts"),
    "facts, one place": ("/api/v1/facts?indicator=chronic_absenteeism_rate&place=19000000000000", "facts"),
    "places, 5,000": ("/api/v1/places?limit=5000", "places_listed"),
    "places, a search": ("/api/v1/places?q=ventura", "places_listed"),
    "indicators": ("/api/v1/indicators", ""),
    "one exhibit (58 counties)": ("/api/v1/exhibits/compare/ranking?level=county", ""),
}


def main(rounds: int) -> None:
    home = use_home()
    from app import server
    from data import warehouse

    bare: list[float] = []
    real = warehouse.query

    def noting(sql: str, params: dict, build: str | None = None):
        start = time.perf_counter()
        answer = real(sql, params, build)
        if "$offset" in sql:
            bare.append(1000 * (time.perf_counter() - start))
        return answer

    warehouse.query = noting
    build, client, rows = warehouse.current(), server.test_client(), []
    print(f"home {home}, build {build.id}{' (demonstration)' if build.demo else ''}, {rounds} rounds")
    for name, (address, query) in ASKED.items():
        bare.clear()
        took, size = _timed(client, address, rounds, paged=name.startswith(("facts, 5", "places, 5")))
        middle, plain = at(took, 0.5), at(bare, 0.5) if query else 0.0
        rows.append((name, float(middle), at(took, 0.95), float(plain), middle / plain if plain else "-", size / 1000))
    table("Answers of the API, in ms", ("answer", "p50 ms", "p95 ms", "its query p50", "x query", "KB"), rows)


def _timed(client, address: str, rounds: int, paged: bool) -> tuple[list[float], int]:
    ask: Callable[[int], str] = lambda n: f"{address}&page={1 + n % 20}" if paged else address  # noqa: E731
    took, size = [], 0
    for n in range(rounds):
        start = time.perf_counter()
        answer = client.get(ask(n))
        took.append(1000 * (time.perf_counter() - start))
        assert answer.status_code == 200, answer.data[:200]
        size = max(size, len(answer.data))
    return took, size


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
