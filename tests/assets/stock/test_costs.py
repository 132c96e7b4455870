"""First in first out and the moving average, by hand and against slow and obvious ones."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.stock.costs import Entry, Layer, average_of, first_out, share, unit_cost

D = Decimal
amounts = st.integers(0, 10_000_000).map(lambda satang: D(satang) / 100)
quantities = st.integers(1, 300).map(D)


def test_r_k1_twelve_of_ten_at_5_and_ten_at_6_are_50_and_12_baht() -> None:
    layers = [Layer(1, D(10), D("50.00")), Layer(2, D(10), D("60.00"))]
    taken = first_out(layers, D(12))
    assert taken == [Layer(1, D(10), D("50.00")), Layer(2, D(2), D("12.00"))]


def test_the_last_piece_takes_what_rounding_left() -> None:
    value, parts = D("100.00"), []
    for left in (D(3), D(2), D(1)):
        parts.append(share(value, D(1), left))
        value -= parts[-1]
    assert parts == [D("33.33"), D("33.34"), D("33.33")]
    assert value == 0


def test_more_than_there_is_is_refused() -> None:
    with pytest.raises(ValueError, match="more than there is"):
        first_out([Layer(1, D(10), D(50))], D(11))
    with pytest.raises(ValueError, match="more than there is"):
        average_of([Entry(D(1), D(5)), Entry(D(-2), D(0))])


def test_the_moving_average_by_hand() -> None:
    # 10 at 5.00 and 10 at 6.00 are 5.50 each; 12 go for 66.00; 8 stay for 44.00; 2 at 8.00 come.
    stand = average_of(
        [
            Entry(D(10), D("50.00")),
            Entry(D(10), D("60.00")),
            Entry(D(-12), D("-62.00")),
            Entry(D(2), D("16.00")),
        ]
    )
    assert (stand.quantity, stand.value, stand.unit_cost) == (D(10), D("60.00"), D("6.00"))


def test_what_comes_back_comes_at_the_average_and_into_an_empty_store_at_its_price() -> None:
    some = [Entry(D(10), D("50.00")), Entry(D(-4), D(0)), Entry(D(1), D("9.00"), at_average=True)]
    assert average_of(some).value == D("35.00")
    none = [Entry(D(1), D("5.00")), Entry(D(-1), D(0)), Entry(D(1), D("9.00"), at_average=True)]
    assert average_of(none).value == D("9.00")


def test_nothing_has_no_price() -> None:
    assert unit_cost(D(0), D(0)) is None


@given(st.lists(st.tuples(quantities, amounts), min_size=1, max_size=8), st.data())
def test_first_out_takes_piece_by_piece_from_the_oldest(
    receipts: list[tuple[Decimal, Decimal]], data: st.DataObject
) -> None:
    layers = [Layer(key, *one) for key, one in enumerate(receipts)]
    total = sum((one.quantity for one in layers), D(0))
    wanted = D(data.draw(st.integers(1, int(total))))
    pieces = [one.key for one in layers for _piece in range(int(one.quantity))][: int(wanted)]
    taken = first_out(layers, wanted)
    assert {one.key: int(one.quantity) for one in taken} == {
        key: pieces.count(key) for key in pieces
    }
    for one in taken:
        layer = layers[one.key]
        exact = Fraction(layer.value) * Fraction(one.quantity) / Fraction(layer.quantity)
        assert abs(Fraction(one.value) - exact) <= Fraction(1, 200)
        assert 0 <= one.value <= layer.value


@given(st.lists(st.tuples(st.booleans(), quantities, amounts), max_size=25))
def test_the_average_stays_near_the_exact_one(
    moves: list[tuple[bool, Decimal, Decimal]],
) -> None:
    exact_size, exact, entries = Fraction(0), Fraction(0), []
    for comes, size, value in moves:
        if comes:
            entries.append(Entry(size, value))
            exact, exact_size = exact + Fraction(value), exact_size + Fraction(size)
        elif size <= exact_size:
            entries.append(Entry(-size, D(0)))
            exact -= exact * Fraction(size) / exact_size
            exact_size -= Fraction(size)
    stand = average_of(entries)
    assert Fraction(stand.quantity) == exact_size
    assert abs(Fraction(stand.value) - exact) <= Fraction(len(entries) + 1, 100)
    assert stand.quantity or not stand.value
