"""Cells to columns and back: plain Python values, None where one is missing, and arrays of the dtypes that the schemas ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from briefing_kit.refusals import RefusalError
from briefing_kit.schemas import Column

_DTYPES: dict[str, Any] = {"text": "str", "whole": "Int64", "number": "Float64", "day": "datetime64[s]", "flag": "bool"}
_EPOCH = 719163  # date(1970, 1, 1).toordinal()
_NO_DAY = np.iinfo(np.int64).min  # what numpy reads as NaT


class TableError(RefusalError):
    """A table that does not hold to its schema; the message names table, column and the first wrong value."""


def dtype(column: Column) -> Any:
    """The pandas dtype of a column."""
    return _category(column.allowed) if column.kind == "choice" else _DTYPES[column.kind]


def array(column: Column, values: Sequence[Any]) -> Any:
    """The values as an array of the column's dtype (arrays, not Series: a frame is built from them several times faster).

    Raises:
        TableError: a value is none of those that the column allows.
    """
    if column.kind == "choice":
        # Codes by hand: building a categorical from strings checks and sorts every value again.
        try:
            codes = np.fromiter(map(_codes(column.allowed).__getitem__, values), dtype=np.int8, count=len(values))
        except KeyError as error:
            raise TableError(f"{column.name}: {error.args[0]!r} is not allowed; allowed are {', '.join(column.allowed)}") from None
        return pd.Categorical.from_codes(codes, dtype=_category(column.allowed))
    if column.kind == "day":
        days = (_NO_DAY if value is None or value is pd.NaT else value.toordinal() - _EPOCH for value in values)
        return np.fromiter(days, dtype=np.int64, count=len(values)).view("datetime64[D]").astype("datetime64[s]")
    if column.kind == "flag":
        return np.array(values, dtype=bool)
    if column.kind == "text":
        return pd.array(pa.array(values, type=pa.large_string(), from_pandas=True), dtype="str")
    if column.kind == "whole" and column.required:
        numbers = np.array(values)
        if numbers.dtype == np.int64:  # else one is missing after all, and pandas knows what to do with it
            return pd.arrays.IntegerArray(numbers, np.zeros(len(numbers), dtype=bool))
    return pd.array(list(values), dtype=_DTYPES[column.kind])


@cache
def _codes(allowed: tuple[str, ...]) -> dict[str | None, int]:
    return {None: -1, **{value: code for code, value in enumerate(allowed)}}


@cache
def _category(allowed: tuple[str, ...]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(list(allowed))


def cells(frame: pd.DataFrame, names: Iterable[str]) -> list[list[Any]]:
    """Some columns of a table as lists of plain Python values, None where missing, days as dates: many times faster than its rows."""
    return [_cells(frame[name]) for name in names]


def _cells(column: pd.Series) -> list[Any]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        values = np.array([*column.cat.categories, None], dtype=object)
        return list(values[column.cat.codes.to_numpy()])  # code -1, missing, is the last of them
    if column.dtype.kind == "M":
        return list(column.to_numpy().astype("datetime64[D]").tolist())
    if column.dtype == "str":
        return list(pa.array(column.array).to_pylist())
    return [None if value is pd.NA else value for value in column.tolist()]


def joined(arrays: Sequence[Any]) -> Any:
    """Arrays of one dtype end to end, stored in one piece however many they were: what is written from it is the same."""
    if len(arrays) == 1:
        return arrays[0]
    whole = pd.concat([pd.Series(array, copy=False) for array in arrays], ignore_index=True).array
    if whole.dtype != "str":
        return whole
    text = pa.array(whole)
    return pd.array(text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text, dtype="str")
