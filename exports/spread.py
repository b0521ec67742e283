"""Labels that would cover each other, moved apart up and down, each as near as can be to where it belongs."""


def spread(at: list[float], halves: list[float], high: float) -> list[float]:
    """Where labels stand that would cover each other: their middles, as near as can be to where they belong, from 0 to `high`.

    `at`: where each belongs, rising; `halves`: half the height of each.
    """
    # Runs of labels that touch: the bottom that each of them would give the run, and the run's labels.
    runs: list[tuple[list[float], list[float]]] = []

    def foot(run: tuple[list[float], list[float]]) -> float:
        wanted, own = run
        return max(0.0, min(sum(wanted) / len(wanted), high - 2 * sum(own)))

    for value, half in zip(at, halves, strict=True):
        run = ([value - half], [half])
        while runs and foot(runs[-1]) + 2 * sum(runs[-1][1]) > foot(run):
            below = runs.pop()
            run = (below[0] + [wanted - 2 * sum(below[1]) for wanted in run[0]], below[1] + run[1])
        runs.append(run)
    out = []
    for run in runs:
        top = foot(run)
        for half in run[1]:
            out.append(top + half)
            top += 2 * half
    return out
