"""Configuration: which file holds for a report, and what it says."""

from __future__ import annotations

from gklint.config.find import Finder as Finder
from gklint.config.model import KEYS as KEYS
from gklint.config.model import Config as Config
