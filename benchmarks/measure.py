"""Running commands side by side: wall time, processor time and memory of each, by turns."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Cost(NamedTuple):
    """What one run took: seconds of the clock, of all its processors, and bytes of its largest process."""

    wall: float
    cpu: float
    memory: int
    status: int


class Series(NamedTuple):
    """The runs of one command."""

    name: str
    costs: list[Cost]

    @property
    def wall(self) -> float:
        return statistics.median(cost.wall for cost in self.costs)

    @property
    def cpu(self) -> float:
        return statistics.median(cost.cpu for cost in self.costs)

    @property
    def least_cpu(self) -> float:
        """Of the quietest run: what else the machine does can only add to it."""
        return min(cost.cpu for cost in self.costs)

    @property
    def memory(self) -> int:
        return max(cost.memory for cost in self.costs)


Command = Sequence[str]


def run_once(command: Command, folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run a command to its end, its output thrown away."""
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, process.returncode)


def side_by_side(
    commands: Mapping[str, Command], folder: Path, environment: Mapping[str, str], rounds: int, *, warm: bool = True
) -> dict[str, Series]:
    """Run the commands by turns, so that whatever else the machine does falls on all of them alike.

    If they are to be ``warm``, each runs once before, unmeasured: what it reads is then in memory, and what it compiles
    is compiled.  Raises RuntimeError if one ends with neither 0 nor 1.
    """
    series = {name: Series(name, []) for name in commands}
    for number in range(rounds + warm):
        for name, command in commands.items():
            cost = run_once(command, folder, environment)
            if cost.status not in (0, 1):
                raise RuntimeError(f"{name} ended with status {cost.status}: {' '.join(command)}")
            if number >= warm:
                series[name].costs.append(cost)
    return series
