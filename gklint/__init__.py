"""gklint: a linter for reports that follow a fixed form."""

__version__ = "0.1.0"
