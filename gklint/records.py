"""Plain records: `dataclasses.dataclass` for classes of many processes that live for a tenth of a second.

The standard decorator writes and compiles every method of every class when its module is imported, which takes half a
millisecond a class; a run that lints one small report would spend a third of its time on that.  Here a class gets
methods that look at its fields, and its ``__init__`` is compiled when a good many objects have been made.

Classes made here are what the standard decorator with ``slots=True`` would have made of them: the same order and
defaults of fields, comparison, ``repr``, pickling, and `dataclasses.fields`, `replace` and `asdict` work on them.
There is no inheritance of fields, no ``order`` and no ``InitVar``.  For type checkers they are dataclasses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:
    _MISSING = object()
    # To compile an ``__init__`` takes as long as to do its work by hand for so many objects.
    _BY_HAND = 40

    class _Field:
        """A field's default or what makes one, and whether comparison looks at it."""

        __slots__ = ("compare", "default", "factory")

        def __init__(self, default=_MISSING, factory=_MISSING, compare=True):
            self.default = default
            self.factory = factory
            self.compare = compare

    def field(*, default=_MISSING, default_factory=_MISSING, compare=True):
        """As `dataclasses.field`."""
        return _Field(default, default_factory, compare)

    def dataclass(*, slots, frozen=False, eq=True):
        """As `dataclasses.dataclass` with ``slots=True``, which has to be said."""
        assert slots
        return lambda kind: _record(kind, frozen, eq)

    def replace(record, /, **changes):
        """As `dataclasses.replace`."""
        kind = type(record)
        for name in kind.__match_args__:
            if name not in changes:
                changes[name] = getattr(record, name)
        return kind(**changes)

    def _record(kind, frozen, eq):
        namespace = dict(kind.__dict__)
        names = tuple(namespace.get("__annotations__") or kind.__annotations__)
        fields = {}
        for name in names:
            default = namespace.pop(name, _MISSING)
            fields[name] = default if type(default) is _Field else _Field(default)
        for name in ("__dict__", "__weakref__"):
            namespace.pop(name, None)
        namespace["__slots__"] = namespace["__match_args__"] = names
        namespace["__dataclass_fields__"] = _StandardFields(fields)
        namespace["__reduce__"] = _reduce
        namespace["__replace__"] = replace
        namespace.setdefault("__repr__", _repr)
        if frozen:
            namespace["__setattr__"] = _no_setattr
            namespace["__delattr__"] = _no_delattr
        if eq:
            compared = [name for name in names if fields[name].compare]
            namespace.setdefault("__eq__", _equality(compared))
            namespace.setdefault("__hash__", _hashing(compared) if frozen else None)
        own_init = "__init__" in namespace
        namespace["__qualname__"] = kind.__qualname__
        made = type(kind)(kind.__name__, kind.__bases__, namespace)
        if not own_init:
            made.__init__ = _init_later(made, fields, frozen)
        return made

    def _init_later(kind, fields, frozen):
        """An ``__init__`` that does by hand for a few objects what it then compiles the real one for."""
        names = tuple(fields)
        plain = {name: one.default for name, one in fields.items() if one.factory is _MISSING}
        made = {name: one.factory for name, one in fields.items() if one.factory is not _MISSING}
        put = [kind.__dict__[name].__set__ for name in names]
        then = getattr(kind, "__post_init__", None)
        left = _BY_HAND

        def __init__(self, *args, **named):  # noqa: N807, it is one
            nonlocal left
            left -= 1
            if left < 0 or len(args) > len(names):
                kind.__init__ = init = _compile_init(kind, fields, frozen)
                return init(self, *args, **named)
            for setter, value in zip(put, args):  # noqa: B905, what is left is named or has a default
                setter(self, value)
            for name, setter in zip(names[len(args) :], put[len(args) :], strict=True):
                if name in named:
                    value = named.pop(name)
                elif name in made:
                    value = made[name]()
                else:
                    value = plain[name]
                    if value is _MISSING:
                        raise TypeError(f"{kind.__qualname__}.__init__() misses the argument {name!r}")
                setter(self, value)
            if named:
                raise TypeError(f"{kind.__qualname__}.__init__() knows no further argument {next(iter(named))!r}")
            if then is not None:
                then(self)
            return None

        return __init__

    def _compile_init(kind, fields, frozen):
        scope = {"_made": _MISSING}
        parameters = []
        lines = []
        for name, one in fields.items():
            value = name
            if one.factory is not _MISSING:
                scope[f"_make_{name}"] = one.factory
                parameters.append(f"{name}=_made")
                value = f"_make_{name}() if {name} is _made else {name}"
            elif one.default is not _MISSING:
                scope[f"_default_{name}"] = one.default
                parameters.append(f"{name}=_default_{name}")
            else:
                parameters.append(name)
            if frozen:
                # Its own descriptors set what the class refuses to have set.
                scope[f"_set_{name}"] = kind.__dict__[name].__set__
                lines.append(f" _set_{name}(_self, {value})")
            else:
                lines.append(f" _self.{name} = {value}")
        if hasattr(kind, "__post_init__"):
            lines.append(" _self.__post_init__()")
        exec("\n".join([f"def __init__(_self, {', '.join(parameters)}):", *lines]), scope)  # noqa: S102, field names only
        init = scope["__init__"]
        init.__qualname__ = f"{kind.__qualname__}.__init__"
        return init

    def _repr(self):
        values = ", ".join([f"{name}={getattr(self, name)!r}" for name in self.__match_args__])
        return f"{type(self).__qualname__}({values})"

    def _reduce(self):
        return type(self), tuple([getattr(self, name) for name in self.__match_args__])

    def _equality(names):
        def __eq__(self, other):  # noqa: N807
            if type(other) is not type(self):
                return NotImplemented
            return all(getattr(self, name) == getattr(other, name) for name in names)

        return __eq__

    def _hashing(names):
        def __hash__(self):  # noqa: N807
            return hash(tuple([getattr(self, name) for name in names]))

        return __hash__

    def _no_setattr(self, name, value):
        _refuse(f"cannot assign to field {name!r}")

    def _no_delattr(self, name):
        _refuse(f"cannot delete field {name!r}")

    def _refuse(message):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(message)

    class _StandardFields:
        """What the standard functions know a dataclass by, made when one of them asks."""

        def __init__(self, fields):
            self._fields = fields
            self._made = None

        def __get__(self, instance, owner):
            if self._made is None:
                import dataclasses

                values = {
                    name: dataclasses.field(
                        **({} if one.default is _MISSING else {"default": one.default}),
                        **({} if one.factory is _MISSING else {"default_factory": one.factory}),
                        compare=one.compare,
                    )
                    for name, one in self._fields.items()
                }
                plain = dataclasses.make_dataclass("_Plain", [(name, object, one) for name, one in values.items()])
                self._made = plain.__dataclass_fields__
            return self._made


__all__ = ["dataclass", "field", "replace"]
