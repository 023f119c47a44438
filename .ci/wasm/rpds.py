"""What jsonschema asks of rpds, which is compiled and not to be had for WebAssembly; slower, and for tests alone."""

from __future__ import annotations


class HashTrieMap(dict):
    @classmethod
    def convert(cls, value):
        return value if isinstance(value, cls) else cls(value)

    def insert(self, key, value):
        return type(self)({**self, key: value})

    def remove(self, key):
        return type(self)({known: value for known, value in self.items() if known != key})

    def update(self, *others, **named):
        return type(self)(dict(self) | {key: value for other in (*others, named) for key, value in dict(other).items()})

    def __hash__(self):
        return hash(frozenset(self.items()))


class HashTrieSet(frozenset):
    def insert(self, value):
        return type(self)(self | {value})

    def remove(self, value):
        return type(self)(self - {value})

    def update(self, *others):
        return type(self)(self.union(*others))


class List(tuple):
    __slots__ = ()

    def __new__(cls, *values):
        return super().__new__(cls, values[0] if len(values) == 1 else values)

    @property
    def first(self):
        return self[0]

    @property
    def rest(self):
        return type(self)(self[1:])

    def push_front(self, value):
        return type(self)((value, *self))
