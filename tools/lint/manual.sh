#!/bin/sh
# The manual page must be valid mdoc.
set -eu
command -v mandoc > /dev/null || exit 0
mandoc -Tlint -W warning man/*.1
