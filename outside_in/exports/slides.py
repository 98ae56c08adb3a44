"""The deck: what was seen, what it means, who does what by when."""

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import batched as _batched  # noqa: F401
