"""The parts of the documentation that the code already knows, one module a part."""

GENERATED = "<!-- Written by tools/generate_docs.py; change the code or the pack, not this page. -->"
