"""Linting in several processes.

Each process is given a few files at a time over a pipe of its own and answers with what came of them.  A process that
has met an error of gklint's own says only that, and the first process lints that file once more, so that the error
shows as it does without others; one that dies ends the run.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from gklint.errors import Exit, GklintError
from gklint.examine import Examined
from gklint.examine import examine as examine

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from gklint.packs.model import Pack

FEW = 24
"""So many files for each process at least: fewer are linted in the time that it takes to start one."""
MOST_AT_ONCE = 32
_MOST_TEXT = 4096
"""Characters of the paths in a portion; a single one may be longer."""
_AT_END = 0.5
"""Seconds that a process gets to end by itself."""


class Task(NamedTuple):
    """A file to lint: its number in the run, its path, whether it was named, the number of its packs, and whether what
    comes of it will be kept."""

    number: int
    path: str
    named: bool
    packs: int
    kept: bool = True


class WorkerError(GklintError):
    """A process that ended before its work was done."""

    exit_code = Exit.FAILURE


def usual_jobs(files: int) -> int:
    """How many processes to use for so many files, if nobody says."""
    try:
        cores = len(os.sched_getaffinity(0))
    except (AttributeError, OSError):
        cores = os.cpu_count() or 1
    return max(1, min(cores, files // FEW))


def examine_all(tasks: Sequence[Task], packs: Sequence[Sequence[Pack]], jobs: int) -> Generator[tuple[int, Examined]]:
    """What comes of each task, with its number, in no particular order.

    Raises `WorkerError` if a process dies.  Whatever ends the iteration, no process is left behind.
    """
    if jobs <= 1 or len(tasks) <= 1:
        for task in tasks:
            yield task.number, _examine(task, packs)
        return
    crew = _Crew(min(jobs, len(tasks)), packs)
    try:
        for task, done in crew.work(tasks):
            yield task.number, _examine(task, packs) if done is None else done
    finally:
        crew.dismiss()


def _examine(task: Task, packs: Sequence[Sequence[Pack]]) -> Examined:
    try:
        return examine(task.path, packs[task.packs], named=task.named, kept=task.kept)
    except Exception as error:
        error.add_note(f"while checking {task.path!r}")
        raise


class _Worker:
    """A process with the pipe to it, and the files that it has been given, in portions."""

    __slots__ = ("at", "pipe", "process")

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self.process = process
        self.pipe = pipe
        self.at: deque[Sequence[Task]] = deque()


class _Crew:
    """Processes that lint."""

    def __init__(self, size: int, packs: Sequence[Sequence[Pack]]) -> None:
        from multiprocessing import get_context

        # A forked process has everything loaded already; where that is not safe, a new one loads it itself.
        method = "fork" if sys.platform == "linux" else "spawn"
        context = get_context(method)
        if method == "fork":
            _load(packs)
        self._workers: list[_Worker] = []
        mask = _hold_interrupts()
        try:
            for _ in range(size):
                near, far = context.Pipe()
                # A forked process has our ends of all pipes: it must close them, or would never see that we are gone.
                open_here = [near, *(worker.pipe for worker in self._workers)] if method == "fork" else []
                process = context.Process(target=_serve, args=(far, packs, open_here), daemon=True)  # type: ignore[attr-defined]
                process.start()
                far.close()
                self._workers.append(_Worker(process, near))
        except BaseException:
            self.dismiss()
            raise
        finally:
            _release_interrupts(mask)

    def work(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Examined | None]]:
        """Each task with what came of it; None if that must be found out here."""
        from multiprocessing.connection import wait

        portions = _portions(tasks, len(self._workers))
        busy: dict[Any, _Worker] = {}
        # A second portion, so that none has to wait for the next one.
        for worker in [*self._workers, *self._workers]:
            if self._give(worker, next(portions, ())):
                busy[worker.pipe] = worker
        while busy:
            for pipe in wait(list(busy)):
                worker = busy[pipe]
                try:
                    answers: list[Examined | None] = worker.pipe.recv()
                except (EOFError, OSError):
                    raise _died(worker) from None
                done = worker.at.popleft()
                self._give(worker, next(portions, ()))
                if not worker.at:
                    del busy[pipe]
                yield from zip(done, answers, strict=True)

    def _give(self, worker: _Worker, portion: Sequence[Task]) -> bool:
        if not portion:
            return False
        worker.at.append(portion)
        try:
            worker.pipe.send(portion)
        except OSError:
            raise _died(worker) from None
        return True

    def dismiss(self) -> None:
        """End all processes: those that wait see it, others are made to."""
        for worker in self._workers:
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join(0 if worker.at else _AT_END)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        self._workers = []


def _portions(tasks: Sequence[Task], workers: int) -> Iterator[Sequence[Task]]:
    """The tasks in portions, smaller ones towards the end, so that all processes end at about the same time.

    Two portions together fit into a pipe: who gives the second must not wait until the first is done.
    """
    start = 0
    while start < len(tasks):
        length = max(1, min(MOST_AT_ONCE, (len(tasks) - start) // (workers * 4)))
        while length > 1 and sum(len(task.path) for task in tasks[start : start + length]) > _MOST_TEXT:
            length //= 2
        yield tasks[start : start + length]
        start += length


def _hold_interrupts() -> Any:
    """Keep Ctrl-C waiting, so that no process hears it before it knows what to do about it."""
    if sys.platform == "win32":
        return None
    return signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _release_interrupts(mask: Any) -> None:
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _died(worker: _Worker) -> WorkerError:
    worker.process.join(_AT_END)
    code = worker.process.exitcode
    how = "ended" if code is None else f"was ended by signal {-code}" if code < 0 else f"ended with status {code}"
    paths = [task.path for task in worker.at[0]]
    which = repr(paths[0]) if len(paths) == 1 else f"one of {len(paths)} files from {paths[0]!r} to {paths[-1]!r}"
    return WorkerError(
        f"a process that was checking {which} {how}, and nothing can be said of the reports; perhaps memory ran out: "
        "try --jobs 1"
    )


def _load(packs: Sequence[Sequence[Pack]]) -> None:
    """Load what linting needs, and what is worked out once for each pack, before there are several processes."""
    import gc

    import gklint.linter  # noqa: F401
    from gklint.binding.layout import pack_index
    from gklint.identities import instances

    for pack in {id(pack): pack for some in packs for pack in some}.values():
        pack_index(pack)
        instances(pack)
    # What is there now will stay; to look through it again and again would also copy it for each process.
    gc.freeze()


def _serve(pipe: Connection, packs: Sequence[Sequence[Pack]], others: Sequence[Connection]) -> None:
    """Lint what comes over the pipe until it is closed."""
    # The first process hears Ctrl-C as well, and says when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in others:
        other.close()
    try:
        while True:
            tasks: Sequence[Task] = pipe.recv()
            answers: list[Examined | None] = []
            for task in tasks:
                try:
                    answers.append(examine(task.path, packs[task.packs], named=task.named, kept=task.kept))
                except Exception:
                    answers.append(None)
            pipe.send(answers)
    except (EOFError, OSError, MemoryError):
        return
