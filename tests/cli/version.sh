# First line: the version of the header; then the kernels in use.
"$PADAN" --version | sed -n '1p'
"$PADAN" --version | grep -q '^sha256: ' || exit 9
