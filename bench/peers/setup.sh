#!/bin/sh
# Makes the virtual environments of the programs padan is compared with: bench/venv (Splink 5 and others) and, only when
# asked (setup.sh splink4), bench/venv4 (Splink 4). Versions are fixed, so that figures can be made again.
set -eu
cd "$(dirname "$0")/../.."
make_environment() {
	folder=$1
	shift
	[ -x "$folder/bin/python" ] || python3 -m venv "$folder"
	"$folder/bin/pip" install --quiet --disable-pip-version-check "$@"
}
# DuckDB 1.5: from 2.0 on its text distances count characters instead of bytes (docs/conditions.md).
make_environment bench/venv splink==5.0.0 duckdb==1.5.6 pandas==2.3.3 pyarrow==26.0.1 recordlinkage==0.16 \
	"goldenmatch[polars]==3.22.0" polars==1.44.2 dedupe==3.0.3 BTrees==5.2
# RapidFuzz's C++ is headers only. Without it the kernels are measured alone.
headers=bench/venv/rapidfuzz-cpp
[ -d $headers ] || git clone --quiet --depth 1 --branch v3.3.3 \
	"${RAPIDFUZZ_CPP:-https://github.com/rapidfuzz/rapidfuzz-cpp}" $headers || echo "no rapidfuzz-cpp: kernels have no peer in C++"
[ "${1:-}" != splink4 ] || make_environment bench/venv4 splink==4.0.9 duckdb==1.5.6 pandas==2.3.3 pyarrow==26.0.1
