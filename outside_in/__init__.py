"""Outside-In: leaders see their company the way customers do."""

__version__ = "0.1.0"
