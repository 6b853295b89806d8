# SPDX-License-Identifier: MIT
"""Record linkage: which rows are the same person or thing, within a frame or across frames.

    import padan
    found = padan.dedupe(frame)                  # no model: one is made from the rows
    found = padan.link({"roster": a, "register": b}, model=settings)
    found.clusters[i]                            # row that stands for the cluster of row i
    found.pairs["left"], found.pairs["match_weight"]

A frame is anything with Arrow's PyCapsule interface (pyarrow, polars, pandas from 2.2, DuckDB) or a mapping of column
names to equally long sequences (a dict of lists, an older pandas.DataFrame). Nothing but the standard library is needed.

Rows are numbered from 0, over all frames in the order in which they are given. Numbers come as memoryviews over the
library's own memory, which live as long as something refers to them: `numpy.asarray(found.pairs["left"])` copies nothing.

Functions may be called from any thread, and let other Python threads run meanwhile.
"""
import ctypes
import datetime
import json
import math
import operator
import os
import threading
from array import array
from collections.abc import Mapping, Sequence
from numbers import Integral, Real

from ._library import VERSION as __version__
from ._library import Blocks, Candidates, Edges, Error, KeyList, Options, Pairs, Progress, Texts, library

__all__ = ["Cancelled", "Keys", "Linker", "PadanError", "Result", "cluster", "dedupe", "keys", "link", "link_blocks", "score"]

_BAD_ARGUMENT, _BAD_INPUT, _IO, _OUT_OF_MEMORY, _LIMIT, _UNSUPPORTED, _CANCELLED = range(1, 8)


class PadanError(Exception):
    """What the library refuses, in its own sentence. `status` is enum padan_status of include/padan.h, 1 to 7."""

    def __init__(self, message, status):
        super().__init__(message)
        self.status = status


class Cancelled(PadanError):
    """A call was ended before it was done."""


def _check(status, error):
    if status == 0:
        return
    message = error.message.decode("utf-8", "replace")
    if status == _OUT_OF_MEMORY:
        raise MemoryError(message)
    raise (Cancelled if status == _CANCELLED else PadanError)(message, status)


def _name(text, what):
    """A text of the caller for the library, where texts end with a NUL byte."""
    if not isinstance(text, str):
        raise TypeError(f"{what} must be a text, not of type {type(text).__name__}")
    if "\0" in text:
        raise ValueError(f"{what} has a NUL byte in it")
    return text.encode("utf-8", "replace")


def _whole(number, what, most):
    if not 0 <= (number := operator.index(number)) <= most:
        raise ValueError(f"{what} must be 0 to {most}, not {number}")
    return number


def _threshold(value, what):
    """The library takes NaN for no threshold. Here None says that, and NaN is a slip."""
    if value != value:
        raise ValueError(f"{what} is nan: leave it out to have the model's own")
    return value


# --- rows in ---


def _is_missing(value):
    return value is None or value != value or type(value).__name__ in ("NAType", "NaTType")


def _text(value):
    if isinstance(value, str):
        return value
    if isinstance(value, (bytes, bytearray, memoryview, set, frozenset, Mapping)):
        raise TypeError(f"a value of type {type(value).__name__} is no text: decode it, or take it apart into columns")
    if _is_list(value):
        return "[" + ", ".join(map(_item, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _is_list(value):
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def _item(value):
    """An item of a list as padan reads it: a quote in it stands twice."""
    if _is_missing(value):
        return "NULL"
    if isinstance(value, Real) and not isinstance(value, bool):
        return _text(value)
    return '"' + _text(value).replace('"', '""') + '"'


def _type(value):
    """The type that a model's conditions see a value in, as they would in a table of Arrow."""
    if _is_list(value):
        items = {_type(item) for item in value if not _is_missing(item)}
        return "DOUBLE[]" if items and items <= {"INT", "DOUBLE"} else "VARCHAR[]"
    if isinstance(value, bool):
        return "BOOLEAN"
    if isinstance(value, Integral):
        return "INT"
    if isinstance(value, Real):
        return "DOUBLE"
    if isinstance(value, datetime.date):
        return "TIMESTAMP" if isinstance(value, datetime.datetime) else "DATE"
    return "VARCHAR"


def _type_of_all(types):
    """The type of a column from those of its values; None where nothing is to be said."""
    if types == {"INT", "DOUBLE"}:
        return "DOUBLE"
    if types == {"VARCHAR[]", "DOUBLE[]"}:
        return "VARCHAR[]"
    return next(iter(types)) if len(types) == 1 and types != {"VARCHAR"} else None


def _column(name, values, types):
    """Texts in the layout of struct padan_texts, and what must live as long."""
    offsets = array("q", [0])
    parts = []
    length = 0
    for value in values:
        if not _is_missing(value):
            types.add(_type(value))
            try:
                part = _text(value).encode("utf-8", "replace")
            except TypeError as error:
                raise TypeError(f"column {name!r}: {error}") from None
            parts.append(part)
            length += len(part)
        offsets.append(length)
    joined = b"".join(parts)
    pointer = (ctypes.c_int64 * len(offsets)).from_buffer(offsets)
    named = _name(name, "the name of a column")
    return Texts(named, ctypes.cast(pointer, ctypes.POINTER(ctypes.c_int64)), joined, None), (pointer, joined)


def _add_columns(table, source, frame, types):
    columns, kept, n_rows = [], [], None
    for name in frame:
        values = frame[name]
        if isinstance(values, (str, bytes)):
            raise TypeError(f"column {name!r} is one text: give a sequence of the values of its rows")
        if n_rows is None:
            n_rows = len(values)
        elif len(values) != n_rows:
            raise ValueError(f"column {name!r} has {len(values)} values, the columns before it {n_rows}")
        column, alive = _column(str(name), values, types.setdefault(str(name), set()))
        columns.append(column)
        kept.append(alive)
    error = Error()
    given = (Texts * max(len(columns), 1))(*columns)
    _check(library.padan_table_add(table, source, given, len(columns), n_rows or 0, ctypes.byref(error)), error)


def _add_stream(table, source, frame):
    capsule = frame.__arrow_c_stream__()
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    error = Error()
    stream = pointer(capsule, b"arrow_array_stream")
    _check(library.padan_table_add_arrow_stream(table, source, stream, ctypes.byref(error)), error)


def _named(frames):
    return frames if isinstance(frames, Mapping) else {f"source_{i + 1}": frame for i, frame in enumerate(frames)}


class _Table:
    """Frames, copied into a table of the library."""

    def __init__(self, frames, unique_id, types=None):
        self.pointer = ctypes.c_void_p()
        self.begins = []
        self.seen = {}  # types of values, by column of mappings
        error = Error()
        named = None if unique_id is None else _name(unique_id, "unique_id")
        _check(library.padan_table_new(named, ctypes.byref(self.pointer), ctypes.byref(error)), error)
        self._set_types(types or {})
        for source, frame in frames.items():
            self.begins.append((str(source), library.padan_table_n_rows(self.pointer)))
            self._add(str(source), frame)
        self.n_rows = library.padan_table_n_rows(self.pointer)
        names = {name: _type_of_all(seen) for name, seen in self.seen.items() if "," not in name and "=" not in name}
        self._set_types({name: kind for name, kind in names.items() if kind and name != (unique_id or "unique_id")})

    def _set_types(self, types):
        error = Error()
        for name, kind in types.items():
            texts = _name(name, "the name of a column"), _name(kind, f"the type of column {name!r}")
            _check(library.padan_table_set_type(self.pointer, *texts, ctypes.byref(error)), error)

    def _add(self, source, frame):
        named = _name(source, "the name of a source")
        if hasattr(frame, "__arrow_c_stream__"):
            _add_stream(self.pointer, named, frame)
        elif isinstance(frame, Mapping) or (hasattr(frame, "columns") and hasattr(frame, "__getitem__")):
            _add_columns(self.pointer, named, frame, self.seen)
        else:
            raise TypeError(
                f"source {source!r} is a {type(frame).__name__}: give a frame with Arrow's PyCapsule interface "
                "(pyarrow, polars, pandas, DuckDB) or a mapping of column names to sequences"
            )

    def __del__(self):
        if getattr(self, "pointer", None):
            library.padan_table_free(self.pointer)


# --- options ---


def _options(model, preset, link_type, clustering, threshold_weight, threshold_probability, seed, threads, progress):
    options = Options()
    library.padan_options_init(ctypes.byref(options))
    if isinstance(model, Linker):
        options.linker = model._pointer
    elif isinstance(model, os.PathLike):
        options.model_file = os.fsencode(model)
    elif model is not None:
        options.model = _name(model if isinstance(model, str) else json.dumps(model), "model")
    for name, value in (("preset", preset), ("link_type", link_type), ("clustering", clustering)):
        if value is not None:
            setattr(options, name, _name(value, name))
    for name, value in (("threshold_weight", threshold_weight), ("threshold_probability", threshold_probability)):
        if value is not None:
            setattr(options, name, _threshold(value, name))
    options.seed = _whole(seed, "seed", 2**64 - 1)
    options.threads = _whole(threads, "threads", 1024)
    options.progress = ctypes.pointer(progress)
    return options


class Linker:
    """A model made ready once, to be given as `model` to any number of calls, of several threads at a time too.

    model, preset   as for dedupe; one of them. A file is not looked at again
    comparisons     names of its comparisons, in the order of `levels`

    Calls find what they find under the model itself, and need not read it, its frequencies and, under orang-indonesia, the
    dictionaries each time (some 30 ms). Raises PadanError for a model that is wrong.
    """

    _pointer = None

    def __init__(self, model=None, preset=None):
        given = _options(model, preset, None, None, None, None, 0, 1, Progress())
        error, pointer, n = Error(), ctypes.c_void_p(), ctypes.c_size_t()
        _check(library.padan_linker_new(ctypes.byref(given), ctypes.byref(pointer), ctypes.byref(error)), error)
        self._pointer = pointer
        names = library.padan_linker_comparisons(pointer, ctypes.byref(n))
        self.comparisons = [names[i].decode() for i in range(n.value)]

    def __reduce__(self):
        raise TypeError("a padan.Linker is memory of this process, which cannot be copied or pickled: make one of the same "
                        "model wherever it is used")

    def __del__(self):
        if self._pointer:
            library.padan_linker_free(self._pointer)


def _run(call, progress):
    """Calls from a thread of its own, so that Ctrl-C is heard and cancels."""
    outcome = []
    worker = threading.Thread(target=lambda: outcome.append(call()), daemon=True)
    worker.start()
    try:
        while worker.is_alive():
            worker.join(0.1)
    except KeyboardInterrupt:
        progress.cancel = 1
        worker.join()
        raise
    return outcome[0]


# --- results ---


def _view(pointer, n, kind, owner, shape=None):
    """A memoryview of n items at a pointer, which keeps its owner alive."""
    size = ctypes.sizeof(kind)
    if n == 0:
        return memoryview(array({1: "b", 4: "I", 8: "Q" if kind is ctypes.c_uint64 else "d"}[size]))
    held = (kind * n).from_address(ctypes.addressof(pointer.contents))
    held._owner = owner
    view = memoryview(held).cast("B")
    code = {ctypes.c_uint32: "I", ctypes.c_uint64: "Q", ctypes.c_double: "d", ctypes.c_int8: "b", ctypes.c_uint8: "B"}[kind]
    return view.cast(code, shape) if shape else view.cast(code)


class _Owner:
    def __init__(self, pointer, free):
        self.pointer = pointer
        self.free = free

    def __del__(self):
        self.free(self.pointer)


class Result:
    """What linking found.

    n_rows        rows of all frames together
    sources       [(name, first row)] of the frames, in order
    clusters      [n_rows] uint32: the row that stands for the cluster of each row; None of link_blocks
    pairs         dict of [n_pairs] columns, by left row, then right: left, right (uint32 rows), match_weight (float64,
                  bits), match_probability (float64), match_key (uint8: blocking rule, from 0), and a view of
                  [n_pairs, n_comparisons] int8 `levels`: levels of agreement as Splink's gamma, -1 missing
    comparisons   names of the columns of `levels`
    model         the model that was used, as a dict; may be changed and given back
    decisions     what was decided and why, in words
    notes         what to know of model and data: a list of sentences, often empty
    """

    def __init__(self, pointer, table):
        owner = _Owner(pointer, library.padan_result_free)
        pairs = Pairs()
        library.padan_result_pairs(pointer, ctypes.byref(pairs))
        n, width = pairs.n_pairs, pairs.n_comparisons
        self.n_rows = table.n_rows
        self.sources = table.begins
        self.comparisons = [pairs.comparisons[i].decode() for i in range(width)]
        clusters = library.padan_result_clusters(pointer)
        self.clusters = _view(clusters, table.n_rows, ctypes.c_uint32, owner) if clusters else None
        self.pairs = {
            "left": _view(pairs.left, n, ctypes.c_uint32, owner),
            "right": _view(pairs.right, n, ctypes.c_uint32, owner),
            "match_weight": _view(pairs.match_weight, n, ctypes.c_double, owner),
            "match_probability": _view(pairs.match_probability, n, ctypes.c_double, owner),
            "match_key": _view(pairs.match_key, n, ctypes.c_uint8, owner),
            "levels": _view(pairs.levels, n * width, ctypes.c_int8, owner, (n, width) if n * width else None),
        }
        self.model = json.loads(library.padan_result_model(pointer))
        self.decisions = library.padan_result_decisions(pointer).decode()
        self.notes = library.padan_result_notes(pointer).decode().splitlines()

    def source_of(self, row):
        """(name of the frame, number of the row in it) of a row."""
        if not 0 <= row < self.n_rows:
            raise IndexError(f"row {row} of {self.n_rows}")
        name, begin = max((at for at in self.sources if at[1] <= row), key=lambda at: at[1])
        return name, row - begin

    def __repr__(self):
        found = f"{self.n_rows} rows, {len(self.pairs['left'])} pairs"
        if self.clusters is not None:
            found += f", {sum(1 for row, cluster in enumerate(self.clusters) if row == cluster)} clusters"
        return f"<padan.Result: {found}>"


def _link(frames, unique_id, link_type, types, **options):
    progress = Progress()
    table = _Table(frames, unique_id, types)
    given = _options(link_type=link_type, progress=progress, **options)
    error, result = Error(), ctypes.c_void_p()
    status = _run(
        lambda: library.padan_link(table.pointer, ctypes.byref(given), ctypes.byref(result), ctypes.byref(error)),
        progress,
    )
    _check(status, error)
    return Result(result, table)


def dedupe(frame, *, unique_id=None, types=None, model=None, preset=None, clustering=None, threshold_weight=None,
           threshold_probability=None, seed=0, threads=0):
    """Finds rows of one frame that are the same person or thing; as `padan dedupe` does in a file with these rows.

    unique_id              column that names the rows; None: `unique_id` where there is one, else rows are numbered
    types                  {column: type} where a model's conditions are to see another type than that of the values: VARCHAR,
                           INT, DOUBLE, BOOLEAN, DATE, TIMESTAMP, VARCHAR[], DOUBLE[]; of columns of texts
    model                  a Splink settings file or one of padan's, as a dict, JSON text or pathlib.Path of the file (one that
                           `padan train` wrote brings its tables of frequencies along); None: made from the rows
                           (docs/zero-configuration.md), unless `preset` names one that comes with padan:
                           people, orang-indonesia. For many calls under one model: a Linker
    clustering             components, groups, pairs, best_link or mutual; None: the model's
    threshold_weight       match weight (bits) from which on pairs are kept and clustered, or threshold_probability;
                           None: the model's
    seed                   of random pairs when there is no model
    threads                0: all processors. The result is the same for any number

    Returns a Result. Raises PadanError with one sentence, MemoryError, Cancelled.
    Cost: the frame is copied, 4 bytes a value and every distinct text once.
    """
    return _link({"rows": frame}, unique_id, "dedupe_only", types, model=model, preset=preset, clustering=clustering,
                 threshold_weight=threshold_weight, threshold_probability=threshold_probability, seed=seed,
                 threads=threads)


def link(frames, *, unique_id=None, link_type="link_only", types=None, model=None, preset=None, clustering=None,
         threshold_weight=None, threshold_probability=None, seed=0, threads=0):
    """Finds rows of different frames that are the same person or thing; as `padan link` does.

    frames      a mapping of names to frames, in order; or a sequence of frames, named source_1, source_2, ...
    link_type   link_only: pairs of different frames; link_and_dedupe: pairs inside a frame too

    Everything else as for dedupe.
    """
    return _link(_named(frames), unique_id, link_type, types, model=model, preset=preset, clustering=clustering,
                 threshold_weight=threshold_weight, threshold_probability=threshold_probability, seed=seed,
                 threads=threads)


# --- parts of it ---


def _numbers(values, code, kind):
    numbers = array(code, values)
    return (kind * max(len(numbers), 1)).from_buffer(numbers if len(numbers) else array(code, [0])), len(numbers)


def score(frames, left, right, *, model=None, preset=None, unique_id=None, types=None, threads=0):
    """Scores pairs of rows that the caller found, under a model.

    frames         a mapping of names to frames, or a sequence of frames, as for link; one frame alone: [frame]
    left, right    [n_pairs] row numbers, over all frames in order; which of a pair is given as left does not matter
    model, preset  as for dedupe, or a Linker
    Returns        ([n_pairs] match weights in bits, [n_pairs, n_comparisons] levels), both memoryviews; see Result.
    Raises         PadanError without a model, for rows that the frames do not have, or a row with itself.
    """
    progress = Progress()
    linker = model if isinstance(model, Linker) and preset is None else Linker(model, preset)
    width = len(linker.comparisons)
    table = _Table(_named(frames), unique_id, types)
    given = _options(linker, None, None, None, None, None, 0, threads, progress)
    first, n = _numbers(left, "I", ctypes.c_uint32)
    second, n_second = _numbers(right, "I", ctypes.c_uint32)
    if n != n_second:
        raise ValueError(f"{n} left rows and {n_second} right rows")
    weights, levels = array("d", bytes(8 * max(n, 1))), array("b", bytes(max(n * width, 1)))
    candidates = Candidates(
        n,
        ctypes.cast(first, ctypes.POINTER(ctypes.c_uint32)),
        ctypes.cast(second, ctypes.POINTER(ctypes.c_uint32)),
        ctypes.cast((ctypes.c_double * len(weights)).from_buffer(weights), ctypes.POINTER(ctypes.c_double)),
        ctypes.cast((ctypes.c_int8 * len(levels)).from_buffer(levels), ctypes.POINTER(ctypes.c_int8)),
        width,
    )
    error = Error()
    status = _run(
        lambda: library.padan_score(table.pointer, ctypes.byref(given), ctypes.byref(candidates), ctypes.byref(error)),
        progress,
    )
    _check(status, error)
    view = memoryview(levels)[: n * width].cast("B").cast("b", (n, width)) if n * width else memoryview(levels)[:0]
    return memoryview(weights)[:n], view


def cluster(n_rows, left, right, weights=None, threshold=-math.inf):
    """Connected components of pairs: [n_rows] uint32, the least row of each component.

    left, right   [n_pairs] rows below n_rows
    weights       [n_pairs]; pairs below `threshold` join nothing. None: all pairs join
    """
    first, n = _numbers(left, "I", ctypes.c_uint32)
    second, n_second = _numbers(right, "I", ctypes.c_uint32)
    if n != n_second:
        raise ValueError(f"{n} left rows and {n_second} right rows")
    given = None
    if weights is not None:
        held, n_weights = _numbers(weights, "d", ctypes.c_double)
        if n_weights != n:
            raise ValueError(f"{n} pairs and {n_weights} weights")
        given = ctypes.cast(held, ctypes.POINTER(ctypes.c_double))
    edges = Edges(n, ctypes.cast(first, ctypes.POINTER(ctypes.c_uint32)),
                  ctypes.cast(second, ctypes.POINTER(ctypes.c_uint32)), given, threshold)
    out = (ctypes.c_uint32 * max(n_rows, 1))()
    error = Error()
    _check(library.padan_cluster(n_rows, ctypes.byref(edges), out, ctypes.byref(error)), error)
    return memoryview(out).cast("B").cast("I")[:n_rows]


# --- one run over many machines ---


class Keys:
    """The blocks that rows are in: a line for every row and block.

    n_rows      rows of all frames together
    sources     [(name, first row)] of the frames, in order
    key         [n_keys] uint64: the block
    row         [n_keys] uint32
    match_key   [n_keys] uint8: blocking rule, from 0
    rules       the rules, as the model has them
    max_pairs   [rules] a block of the rule with more pairs than this is cut; 0: none is
    """

    def __init__(self, pointer, table):
        owner = _Owner(pointer, library.padan_keys_free)
        listed = KeyList()
        library.padan_keys_list(pointer, ctypes.byref(listed))
        n = listed.n_keys
        self.n_rows = table.n_rows
        self.sources = table.begins
        self.key = _view(listed.key, n, ctypes.c_uint64, owner)
        self.row = _view(listed.row, n, ctypes.c_uint32, owner)
        self.match_key = _view(listed.match_key, n, ctypes.c_uint8, owner)
        self.rules = [listed.rules[i].decode() for i in range(listed.n_rules)]
        self.max_pairs = [listed.max_pairs[i] for i in range(listed.n_rules)]

    def __repr__(self):
        return f"<padan.Keys: {self.n_rows} rows, {len(self.key)} keys of {len(self.rules)} rules>"


def keys(frames, *, model=None, preset=None, cut=(), unique_id=None, types=None, threads=0):
    """The blocks that rows of any batch are in, for callers that bring rows of one block together themselves (Spark, Ray).

    A pair is looked for in the blocks of a model's rules; a block is made of all rows, wherever they lie, with one key. Group
    the lines of all batches by `key`; count the pairs of each block, n (n - 1) / 2 of n lines, under link_only less those
    inside each source; put the keys of blocks with more than `max_pairs` of their rule into `cut`, and find keys again with
    it, until no block is too large. Then give all rows of some blocks, and their keys, to `link_blocks`.

    frames    a mapping of names to frames, in the same order for all batches; or a sequence; one frame alone: [frame]
    cut       keys of blocks that are too large: their rows get the key of a smaller block, by the rule's padan_refine, or
              none. Left out, no block is cut, and pairs are those of the model without limits

    Everything else as for dedupe. Returns Keys. Raises PadanError also without a model, or for one that asks something of all
    rows (term frequencies that are neither computed nor in its file, padan_words, padan_matches_per_record,
    padan_household_members, rare_word_similarity): a batch cannot answer. Dates that can be read both ways have the day first.
    """
    progress = Progress()
    table = _Table(_named(frames), unique_id, types)
    given = _options(model, preset, None, None, None, None, 0, threads, progress)
    held, n = _numbers(cut, "Q", ctypes.c_uint64)
    error, found = Error(), ctypes.c_void_p()
    status = _run(
        lambda: library.padan_keys_find(table.pointer, ctypes.byref(given), held, n, ctypes.byref(found), ctypes.byref(error)),
        progress,
    )
    _check(status, error)
    return Keys(found, table)


def link_blocks(frames, keys, *, model=None, preset=None, cut=(), link_type=None, unique_id=None, types=None,
                threshold_weight=None, threshold_probability=None, threads=0):
    """Finds the pairs of some blocks, all rows of which are in the frames.

    frames      a mapping of names to frames, or a sequence, as for `keys`; a row once, however many blocks it is in
    keys        of the blocks, as `keys` found them
    cut         the list that they were found with
    link_type   dedupe_only, link_only or link_and_dedupe; None: the model's

    Everything else as for dedupe. Returns a Result without clusters. The pairs of all blocks together are each pair once, as
    dedupe or link finds them in all rows, with the same weights, levels and match_key; `cluster` makes clusters of them. A
    block whose rows are not all there lacks pairs, and nobody can tell.
    """
    progress = Progress()
    table = _Table(_named(frames), unique_id, types)
    given = _options(model, preset, link_type, None, threshold_weight, threshold_probability, 0, threads, progress)
    wanted, n = _numbers(keys, "Q", ctypes.c_uint64)
    of_cut, n_cut = _numbers(cut, "Q", ctypes.c_uint64)
    pointer = ctypes.POINTER(ctypes.c_uint64)
    blocks = Blocks(n, ctypes.cast(wanted, pointer), n_cut, ctypes.cast(of_cut, pointer))
    error, result = Error(), ctypes.c_void_p()
    status = _run(
        lambda: library.padan_link_blocks(
            table.pointer, ctypes.byref(given), ctypes.byref(blocks), ctypes.byref(result), ctypes.byref(error)
        ),
        progress,
    )
    _check(status, error)
    return Result(result, table)
