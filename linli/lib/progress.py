"""Long work that tells its share: to a bar at a terminal, to a page, or to nobody."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

type Told = Callable[[float], None]
"""Called now and then with the share that is done, from 0 to 1."""
type Steps[T] = Generator[float, None, T]
"""Work that yields the share that is done, from 0 to 1, and returns what came of it."""


@contextmanager
def bar() -> Iterator[Callable[[float, str], None]]:
    """Show a bar while the work within tells its share and what it does, in words; none without a terminal.

    It stands on the error stream: what the command answers stays alone on standard output.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _share, _words: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=1.0)
        yield lambda share, words: progress.update(task, completed=share, description=words)


def silent(_share: float) -> None:
    """Tell nobody: for work that no terminal watches."""


def finished[T](steps: Steps[T], told: Told = silent) -> T:
    """Do the work to its end; return what came of it."""
    while True:
        try:
            told(next(steps))
        except StopIteration as end:
            result: T = end.value
            return result
