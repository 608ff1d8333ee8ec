"""How secrets of the second factor are kept: encrypted under a key derived from the server's secret."""

from __future__ import annotations

from functools import partial

from linli.lib import sealing

PURPOSE = b"linli second factor"
seal = partial(sealing.seal, purpose=PURPOSE)
unseal = partial(sealing.unseal, purpose=PURPOSE)
stale = partial(sealing.stale, purpose=PURPOSE)
