"""The grammar of expressions, and what is computed from them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gklint.packs.expressions import (
    COMPARISONS,
    Call,
    Comparison,
    EvaluationError,
    Expression,
    ExpressionError,
    Negation,
    Number,
    Operation,
    Reference,
    compare,
    evaluate,
    linear,
    parse,
    references,
    to_text,
)
from gklint.packs.grammar import MAX_CHAIN, MAX_LENGTH, MAX_NESTING, parse_path, parse_reference


def number(value: int | str) -> Number:
    return Number(Decimal(value))


def cells(path: str, column: str | None = None, table: str | None = None) -> Reference:
    return Reference(table, path, column)


def left(text: str) -> Expression:
    return parse(f"{text} == 0").left


class TestParsing:
    @pytest.mark.parametrize(
        ("text", "tree"),
        [
            ("a", cells("a")),
            ("第一项", cells("第一项")),
            ("a.b_2.c", cells("a.b_2.c")),
            ("a[b.c]", cells("a", "b.c")),
            ("t:a[b]", cells("a", "b", "t")),
            ("previous", cells("previous")),
            ("sum", cells("sum")),
            ("12.50", number("12.50")),
            ("a + b * c", Operation("+", cells("a"), Operation("*", cells("b"), cells("c")))),
            ("a - b - c", Operation("-", Operation("-", cells("a"), cells("b")), cells("c"))),
            ("a / b / c", Operation("/", Operation("/", cells("a"), cells("b")), cells("c"))),
            ("(a + b) * -c", Operation("*", Operation("+", cells("a"), cells("b")), Negation(cells("c")))),
            ("-a * b", Operation("*", Negation(cells("a")), cells("b"))),
            ("sum(a.*, b, 1)", Call("sum", (cells("a.*"), cells("b"), number(1)))),
            ("sum(a.**)", Call("sum", (cells("a.**"),))),
            ("max(*[**])", Call("max", (cells("*", "**"),))),
            ("min(t:a[*])", Call("min", (cells("a", "*", "t"),))),
            ("sum(a * b)", Call("sum", (Operation("*", cells("a"), cells("b")),))),
            ("round(a / 3, 2)", Call("round", (Operation("/", cells("a"), number(3)), number(2)))),
            ("（甲＋乙）×２".replace("２", "2"), Operation("*", Operation("+", cells("甲"), cells("乙")), number(2))),
            ("甲－乙÷丙", Operation("-", cells("甲"), Operation("/", cells("乙"), cells("丙")))),
            ("表：甲［乙］", cells("甲", "乙", "表")),
        ],
    )
    def test_trees(self, text: str, tree: Expression) -> None:
        assert left(text) == tree

    @pytest.mark.parametrize(
        ("written", "operator"),
        [
            *zip(COMPARISONS, COMPARISONS, strict=True),
            ("=", "=="),
            ("＝", "=="),
            ("<>", "!="),
            ("≠", "!="),
            ("≤", "<="),
            ("≥", ">="),
            ("＜", "<"),
        ],
    )
    def test_spellings_of_comparisons(self, written: str, operator: str) -> None:
        assert parse(f"a{written}b").operator == operator

    @pytest.mark.parametrize("text", ["a == b within 0.5", "a == b ± 0.5", "a==b±0.5"])
    def test_tolerance(self, text: str) -> None:
        comparison = parse(text)
        assert comparison.tolerance == Decimal("0.5")
        assert comparison.text == text

    def test_offsets_are_those_of_the_text_as_written(self) -> None:
        comparison = parse("甲 ＋ sum(t:乙.*) ≥ 丙")
        assert [(reference.path, reference.offset) for reference in references(comparison)] == [
            ("甲", 0),
            ("乙.*", 8),
            ("丙", 17),
        ]

    @pytest.mark.parametrize(
        ("text", "offset", "message"),
        [
            ("", 0, "found the end of the expression where a cell, a number, a function or '(' is expected"),
            (
                "a",
                1,
                "found the end of the expression where a comparison (== != <= >= < >) or an operator (+ - * /) is",
            ),
            ("a == ", 5, "found the end of the expression where a cell, a number, a function or '(' is expected"),
            ("a b == c", 2, "found 'b' where a comparison"),
            ("a == b c", 7, "found 'c' where an operator (+ - * /), 'within' or the end is expected"),
            ("a == b == c", 7, "found a second comparison '=='; write one identity for each"),
            ("a == b within x", 14, "found 'x' where the tolerance, a number, is expected"),
            ("a == b within -1", 14, "found '-' where the tolerance, a number, is expected"),
            ("a ! b", 2, "found '!', which no expression may hold"),
            ("a == 'b'", 5, "found \"'\", which no expression may hold; a name holds letters, digits and '_' only"),
            ("2b == 1", 1, "found 'b' where a comparison"),
            ("a.2 == 1", 2, "found '2' where a name, * or ** is expected"),
            ("a. == 1", 3, "found '==' where a name, * or ** is expected"),
            ("a[b == 1", 4, "found '==' where '.' or ']' is expected"),
            ("a[] == 1", 2, "found ']' where a name, * or ** is expected"),
            ("(a == 1", 3, "found '==' where ')' is expected"),
            ("sum(a == 1", 6, "found '==' where ',' or ')' is expected"),
            ("sum() == 1", 4, "found ')' where a cell, a number, a function or '(' is expected"),
            ("a.b:c == 1", 3, "found ':' where an operator or '[' (a table's name has no parts) is expected"),
            ("total(a) == 1", 0, "unknown function 'total'; there are sum, min, max, abs, round"),
            ("sun(a) == 1", 0, "unknown function 'sun'; did you mean 'sum'?; there are sum, min, max, abs, round"),
            ("a == previous(b)", 5, "previous(…), the cells of the year before, is not supported yet"),
            (
                "b + a.* == 1",
                4,
                "the wildcard 'a.*' stands for several cells; write it inside sum, min or max, by itself",
            ),
            ("abs(a.*) == 1", 4, "the wildcard 'a.*' stands for several cells"),
            ("sum(a.* / 2) == 1", 4, "the wildcard 'a.*' stands for several cells"),
            ("sum(a[*] + b) == 1", 4, "the wildcard 'a[*]' stands for several cells"),
            ("sum(a.*.b) == 1", 6, "a wildcard is the last part of a path"),
            ("abs(a, b) == 1", 0, "abs takes one value, found 2"),
            ("round(a, b) == 1", 0, "round takes a value and, if wanted, a number of decimal places from 0 to 20"),
            ("round(a, 0.5) == 1", 0, "round takes a value"),
            ("round(a, 21) == 1", 0, "round takes a value"),
            ("within == 1", 0, "found 'within' where a cell, a number, a function or '(' is expected"),
            ("+a == 1", 0, "found '+' where a cell, a number, a function or '(' is expected"),
            (f"{'1' * 31} == 1", 0, "a number of more than 30 digits"),
        ],
    )
    def test_mistakes(self, text: str, offset: int, message: str) -> None:
        with pytest.raises(ExpressionError) as caught:
            parse(text)
        assert caught.value.message.startswith(message)
        assert caught.value.offset == offset

    @pytest.mark.parametrize(
        ("text", "found", "allowed"),
        [
            ("a == b within x", "x", "the tolerance, a number,"),
            ("a == ", "", "a cell, a number, a function or '('"),
            ("(a == 1", "==", "')'"),
            ("total(a) == 1", "total", "sum, min, max, abs, round"),
            ("a ! b", "!", ""),
            ("a == b == c", "==", ""),
            ("a == previous(b)", "previous", ""),
            ("sum(a.*.b) == 1", "*", ""),
            ("b + a.** == 1", "*", ""),
            ("abs(a, b) == 1", "abs", ""),
            ("round(a, 21) == 1", "round", ""),
            (f"{'1' * 31} == 1", "1" * 31, ""),
            ("abs(" * 51 + "a", "abs", ""),
            ("-" * 51 + "a", "-", ""),
            ("+".join("a" * 201), "+", ""),
            ("a" * 4001, "", ""),
        ],
    )
    def test_what_is_found_and_what_is_allowed(self, text: str, found: str, allowed: str) -> None:
        with pytest.raises(ExpressionError) as caught:
            parse(text)
        assert (caught.value.found, caught.value.allowed) == (found, allowed)

    def test_length_is_bounded(self) -> None:
        text = "a == " + "1" * 10
        assert parse(text.ljust(MAX_LENGTH)).operator == "=="
        with pytest.raises(ExpressionError, match="an expression of 4001 characters; at most 4000 are allowed"):
            parse(text.ljust(MAX_LENGTH + 1))

    @pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("abs(", ")"), ("-", "")])
    def test_nesting_is_bounded(self, opening: str, closing: str) -> None:
        parse(f"{opening * MAX_NESTING}a{closing * MAX_NESTING} == 0")
        with pytest.raises(ExpressionError, match="more than 50 parentheses") as caught:
            parse(f"{opening * (MAX_NESTING + 1)}a{closing * (MAX_NESTING + 1)} == 0")
        assert caught.value.offset == len(opening) * MAX_NESTING

    def test_chains_are_bounded(self) -> None:
        whole = parse("+".join(["a"] * MAX_CHAIN) + " == 0")
        assert evaluate(whole.left, lambda _: [1]) == MAX_CHAIN
        with pytest.raises(ExpressionError, match="more than 200 operations in a row"):
            parse("+".join(["a"] * (MAX_CHAIN + 1)) + " == 0")

    @pytest.mark.parametrize(("opening", "closing"), [("-(", ")"), ("abs(", ")"), ("sum(1, ", ", 1)")])
    @pytest.mark.parametrize("outside", [1, 2])
    def test_chains_are_counted_through_minus_signs_and_functions(
        self, opening: str, closing: str, outside: int
    ) -> None:
        def text(inside: int) -> str:
            return opening + "+".join(["a"] * inside) + closing + " + a" * outside + " == 0"

        # The minus sign or the function is one step more.
        most = MAX_CHAIN - 1 - outside
        assert to_text(parse(text(most)))
        with pytest.raises(ExpressionError, match="more than 200 operations in a row") as caught:
            parse(text(most + 1))
        assert caught.value.offset == text(most + 1).rindex("+")

    def test_single_references_and_paths(self) -> None:
        assert parse_reference(" t:a [ b ] ") == cells("a", "b", "t")
        assert parse_path(" a . b ") == "a.b"
        with pytest.raises(ExpressionError, match=r"found '\+' where the end \(one cell is wanted\) is expected"):
            parse_reference("a + b")
        with pytest.raises(ExpressionError, match=r"found '\[' where the end"):
            parse_path("a[b]")

    @given(st.text(max_size=60))
    def test_any_text_parses_or_is_refused(self, text: str) -> None:
        try:
            parse(text)
        except ExpressionError as error:
            offset = error.offset
        else:
            offset = 0
        assert 0 <= offset <= len(text)

    @given(
        st.lists(
            st.sampled_from([*"ab甲.*[]():,+-/=<≥±1 　（", "**", "sum", "within", "round", "previous"]), max_size=25
        )
    )
    def test_any_tokens_parse_or_are_refused(self, parts: list[str]) -> None:
        text = "".join(parts)
        try:
            parsed = parse(text)
        except ExpressionError:
            return
        assert to_text(parse(to_text(parsed))) == to_text(parsed)


NAMES = st.sampled_from(["a", "b", "outcome", "第一项", "x_1", "sum", "previous"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map(".".join)
SINGLE = st.builds(Reference, st.none() | NAMES, PATHS, st.none() | PATHS)
WILD = st.builds(
    Reference,
    st.none() | NAMES,
    st.one_of(PATHS.map("{}.*".format), PATHS.map("{}.**".format), st.sampled_from(["*", "**"])),
    st.none() | PATHS | st.just("*"),
)
NUMBERS = st.decimals(min_value=0, max_value=10**9, places=3).map(abs).map(Number)


def larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner | WILD, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Negation, inner),
        st.builds(Operation, st.sampled_from("+-*/"), inner, inner),
        st.builds(Call, st.sampled_from(["sum", "min", "max"]), several),
        st.builds(Call, st.just("abs"), st.tuples(inner)),
        st.builds(Call, st.just("round"), st.tuples(inner) | st.tuples(inner, st.integers(0, 5).map(number))),
    )


EXPRESSIONS: st.SearchStrategy[Expression] = st.recursive(SINGLE | NUMBERS, larger, max_leaves=12)


def comparison(text: str) -> tuple[Expression, str, Expression, Decimal]:
    parsed = parse(text)
    return parsed.left, parsed.operator, parsed.right, parsed.tolerance


class TestWriting:
    @given(EXPRESSIONS, st.sampled_from(COMPARISONS), EXPRESSIONS, st.decimals(0, 10, places=2).map(abs))
    def test_printing_and_parsing_gives_the_same_tree(
        self, one: Expression, operator: str, other: Expression, tolerance: Decimal
    ) -> None:
        whole = Comparison(one, operator, other, tolerance, "")
        assert comparison(to_text(whole)) == (one, operator, other, tolerance)

    @pytest.mark.parametrize(
        "text",
        [
            "a + b == c",
            "a - (b - c) == -(a + b)",
            "(a + b) * c / (d / e) != 2 within 0.50",
            "sum(t:a.*[b], -x) <= round(a / 3, 2)",
            "a * 0.0000001 == b within 0.0000001",
        ],
    )
    def test_plain_texts_stay(self, text: str) -> None:
        assert to_text(parse(text)) == text


def in_python(
    case: tuple[tuple[str, Fraction | None], str, tuple[str, Fraction | None]],
) -> tuple[str, Fraction | None]:
    (one, one_value), operator, (other, other_value) = case
    text = f"({one} {operator} {other})"
    if one_value is None or other_value is None or (operator == "/" and other_value == 0):
        return text, None
    operations = {"+": Fraction.__add__, "-": Fraction.__sub__, "*": Fraction.__mul__, "/": Fraction.__truediv__}
    return text, operations[operator](one_value, other_value)


class TestComputing:
    @given(
        st.recursive(
            st.integers(-50, 50).map(lambda value: (str(abs(value)), Fraction(abs(value)))),
            lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(in_python),
            max_leaves=10,
        )
    )
    def test_agrees_within_python(self, case: tuple[str, Fraction | None]) -> None:
        text, value = case
        if value is None:
            with pytest.raises(EvaluationError, match="division by zero"):
                evaluate(left(text), lambda _: [])
        else:
            assert evaluate(left(text), lambda _: []) == value

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("0.1 + 0.2", Fraction(3, 10)),
            ("1 / 3 * 3", Fraction(1)),
            ("sum(many)", Fraction(6)),
            ("sum(many.*, 1)", Fraction(7)),
            ("min(many.*)", Fraction(1)),
            ("max(many.*, 10)", Fraction(10)),
            ("abs(2 - 5)", Fraction(3)),
            ("round(2.5)", Fraction(3)),
            ("round(-2.5)", Fraction(-3)),
            ("round(2.4999)", Fraction(2)),
            ("round(1.005, 2)", Fraction(101, 100)),
            ("round(200 / 3, 1)", Fraction(667, 10)),
        ],
    )
    def test_functions(self, text: str, value: Fraction) -> None:
        assert evaluate(left(text), lambda _: [1, Decimal(2), Fraction(3)]) == value

    def test_what_has_no_value(self) -> None:
        with pytest.raises(EvaluationError, match=r"division by zero: a - 1 is 0"):
            evaluate(left("1 / (a - 1)"), lambda _: [1])
        with pytest.raises(EvaluationError, match=r"max\(a\.\*\) has no values to choose from"):
            evaluate(left("max(a.*)"), lambda _: [])
        with pytest.raises(EvaluationError, match=r"a stands for 2 values where one is wanted"):
            evaluate(left("a + 1"), lambda _: [1, 2])
        assert evaluate(left("sum(a.*)"), lambda _: []) == 0

    @pytest.mark.parametrize(
        ("text", "held"),
        [
            ("a == 10", [10]),
            ("a == 10 within 1", [9, 10, 11]),
            ("a != 10 within 1", [8, 12]),
            ("a <= 10 within 1", [8, 9, 10, 11]),
            ("a >= 10 within 1", [9, 10, 11, 12]),
            ("a < 10 within 1", [8, 9, 10]),
            ("a > 10 within 1", [10, 11, 12]),
            ("a < 10", [8, 9]),
        ],
    )
    def test_comparisons(self, text: str, held: list[int]) -> None:
        parsed = parse(text)
        right = evaluate(parsed.right, lambda _: [])
        assert [value for value in range(8, 13) if compare(parsed, Fraction(value), right)] == held


class TestLinear:
    @pytest.mark.parametrize(
        ("text", "terms", "constant"),
        [
            ("a", {"a": 1}, 0),
            ("a + b - a", {"b": 1}, 0),
            ("-(a - 2 * b) / 4 + 3", {"a": Fraction(-1, 4), "b": Fraction(1, 2)}, 3),
            ("sum(many.*, b, 5)", {"many.1": 1, "many.2": 1, "b": 1}, 5),
            ("(1 + 2) * a * 0.5", {"a": Fraction(3, 2)}, 0),
            ("max(1, 4) + a", {"a": 1}, 4),
            ("round(5 / 2)", {}, 3),
        ],
    )
    def test_linear(self, text: str, terms: dict[str, Fraction], constant: Fraction) -> None:
        assert linear(left(text), _keys) == (terms, constant)

    @pytest.mark.parametrize(
        "text",
        ["a * b", "a / b", "1 / a", "max(a, 1)", "max(a - a, 1)", "abs(a)", "round(a)", "sum(abs(a), b)", "a / 0"],
    )
    def test_not_linear(self, text: str) -> None:
        assert linear(left(text), _keys) is None

    @given(EXPRESSIONS, st.integers(-5, 5))
    def test_the_linear_form_has_the_same_value(self, expression: Expression, value: int) -> None:
        def keys(reference: Reference) -> list[str]:
            return [to_text(reference)] * (2 if reference.wild else 1)

        form = linear(expression, keys)
        if form is None:
            return
        terms, constant = form
        try:
            result = evaluate(expression, lambda reference: [value] * len(keys(reference)))
        except EvaluationError:
            pytest.fail(f"linear, but without a value: {to_text(expression)}")
        assert sum(terms.values()) * value + constant == result


def _keys(reference: Reference) -> list[str]:
    return [f"{reference.path[:-1]}{index}" for index in (1, 2)] if reference.wild else [reference.path]
