# SPDX-License-Identifier: MIT
"""libpadan.so, its structures and functions as include/padan.h declares them. Nothing here is public."""
import ctypes
import ctypes.util
import os
import pathlib

VERSION = "0.1.0"


class Error(ctypes.Structure):
    _fields_ = [("status", ctypes.c_int), ("message", ctypes.c_char * 640)]


class Texts(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p),
        ("offsets", ctypes.POINTER(ctypes.c_int64)),
        ("bytes", ctypes.c_char_p),
        ("valid", ctypes.POINTER(ctypes.c_uint8)),
    ]


class Progress(ctypes.Structure):
    _fields_ = [("cancel", ctypes.c_int32), ("stage", ctypes.c_int32), ("part", ctypes.c_double)]


class Options(ctypes.Structure):
    _fields_ = [
        ("size", ctypes.c_size_t),
        ("model", ctypes.c_char_p),
        ("model_file", ctypes.c_char_p),
        ("preset", ctypes.c_char_p),
        ("linker", ctypes.c_void_p),
        ("link_type", ctypes.c_char_p),
        ("clustering", ctypes.c_char_p),
        ("threshold_weight", ctypes.c_double),
        ("threshold_probability", ctypes.c_double),
        ("seed", ctypes.c_uint64),
        ("threads", ctypes.c_int),
        ("progress", ctypes.POINTER(Progress)),
    ]


class Pairs(ctypes.Structure):
    _fields_ = [
        ("n_pairs", ctypes.c_uint64),
        ("n_comparisons", ctypes.c_size_t),
        ("left", ctypes.POINTER(ctypes.c_uint32)),
        ("right", ctypes.POINTER(ctypes.c_uint32)),
        ("match_weight", ctypes.POINTER(ctypes.c_double)),
        ("match_probability", ctypes.POINTER(ctypes.c_double)),
        ("levels", ctypes.POINTER(ctypes.c_int8)),
        ("match_key", ctypes.POINTER(ctypes.c_uint8)),
        ("comparisons", ctypes.POINTER(ctypes.c_char_p)),
    ]


class Candidates(ctypes.Structure):
    _fields_ = [
        ("n_pairs", ctypes.c_uint64),
        ("left", ctypes.POINTER(ctypes.c_uint32)),
        ("right", ctypes.POINTER(ctypes.c_uint32)),
        ("weights", ctypes.POINTER(ctypes.c_double)),
        ("levels", ctypes.POINTER(ctypes.c_int8)),
        ("n_levels", ctypes.c_size_t),
    ]


class Edges(ctypes.Structure):
    _fields_ = [
        ("n_pairs", ctypes.c_uint64),
        ("left", ctypes.POINTER(ctypes.c_uint32)),
        ("right", ctypes.POINTER(ctypes.c_uint32)),
        ("weights", ctypes.POINTER(ctypes.c_double)),
        ("threshold", ctypes.c_double),
    ]


class KeyList(ctypes.Structure):
    _fields_ = [
        ("n_keys", ctypes.c_uint64),
        ("key", ctypes.POINTER(ctypes.c_uint64)),
        ("row", ctypes.POINTER(ctypes.c_uint32)),
        ("match_key", ctypes.POINTER(ctypes.c_uint8)),
        ("n_rules", ctypes.c_size_t),
        ("rules", ctypes.POINTER(ctypes.c_char_p)),
        ("max_pairs", ctypes.POINTER(ctypes.c_uint64)),
    ]


class Blocks(ctypes.Structure):
    _fields_ = [
        ("n_keys", ctypes.c_uint64),
        ("keys", ctypes.POINTER(ctypes.c_uint64)),
        ("n_cut", ctypes.c_uint64),
        ("cut", ctypes.POINTER(ctypes.c_uint64)),
    ]


def _open():
    """The library that PADAN_LIBRARY names, else that of the source tree around this file, else the installed one."""
    named = os.environ.get("PADAN_LIBRARY")
    if named:
        return ctypes.CDLL(named)
    built = pathlib.Path(__file__).resolve().parents[2] / "build" / "release" / "libpadan.so"
    if built.exists():
        return ctypes.CDLL(str(built))
    found = ctypes.util.find_library("padan")
    if found is None:
        raise ImportError(
            "libpadan.so is not found: run `make lib` in the source tree of padan, or `make install`, or name the file "
            "in the environment variable PADAN_LIBRARY"
        )
    return ctypes.CDLL(found)


def _declare(library):
    p, error = ctypes.c_void_p, ctypes.POINTER(Error)
    declared = {
        "padan_version": (ctypes.c_char_p, []),
        "padan_table_new": (ctypes.c_int, [ctypes.c_char_p, ctypes.POINTER(p), error]),
        "padan_table_free": (None, [p]),
        "padan_table_set_type": (ctypes.c_int, [p, ctypes.c_char_p, ctypes.c_char_p, error]),
        "padan_table_n_rows": (ctypes.c_uint64, [p]),
        "padan_table_add": (
            ctypes.c_int,
            [p, ctypes.c_char_p, ctypes.POINTER(Texts), ctypes.c_size_t, ctypes.c_uint64, error],
        ),
        "padan_table_add_arrow_stream": (ctypes.c_int, [p, ctypes.c_char_p, p, error]),
        "padan_options_init": (None, [ctypes.POINTER(Options)]),
        "padan_linker_new": (ctypes.c_int, [ctypes.POINTER(Options), ctypes.POINTER(p), error]),
        "padan_linker_free": (None, [p]),
        "padan_linker_comparisons": (ctypes.POINTER(ctypes.c_char_p), [p, ctypes.POINTER(ctypes.c_size_t)]),
        "padan_link": (ctypes.c_int, [p, ctypes.POINTER(Options), ctypes.POINTER(p), error]),
        "padan_result_free": (None, [p]),
        "padan_result_pairs": (None, [p, ctypes.POINTER(Pairs)]),
        "padan_result_n_rows": (ctypes.c_uint64, [p]),
        "padan_result_clusters": (ctypes.POINTER(ctypes.c_uint32), [p]),
        "padan_result_model": (ctypes.c_char_p, [p]),
        "padan_result_decisions": (ctypes.c_char_p, [p]),
        "padan_result_notes": (ctypes.c_char_p, [p]),
        "padan_keys_find": (
            ctypes.c_int,
            [p, ctypes.POINTER(Options), ctypes.POINTER(ctypes.c_uint64), ctypes.c_uint64, ctypes.POINTER(p), error],
        ),
        "padan_keys_list": (None, [p, ctypes.POINTER(KeyList)]),
        "padan_keys_free": (None, [p]),
        "padan_link_blocks": (ctypes.c_int, [p, ctypes.POINTER(Options), ctypes.POINTER(Blocks), ctypes.POINTER(p), error]),
        "padan_score": (
            ctypes.c_int,
            [p, ctypes.POINTER(Options), ctypes.POINTER(Candidates), error],
        ),
        "padan_cluster": (
            ctypes.c_int,
            [ctypes.c_uint64, ctypes.POINTER(Edges), ctypes.POINTER(ctypes.c_uint32), error],
        ),
    }
    for name, (result, arguments) in declared.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    found = library.padan_version().decode()
    if found != VERSION:
        raise ImportError(f"libpadan.so is of version {found}, this package of {VERSION}: build both from one source")
    return library


library = _declare(_open())
