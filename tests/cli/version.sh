# First line: the version of the header; then the kernels in use.
"$PADAN" --version | sed -n '1p'
"$PADAN" --version | grep -q '^sha256: ' || exit 9
"$PADAN" --version | grep -Eq '^string metrics: (avx2\+vpopcntq|avx2|scalar)$' || exit 9
PADAN_CPU=avx2 "$PADAN" --version | grep -Eq '^string metrics: (avx2|scalar)$' || exit 9
PADAN_CPU=scalar "$PADAN" --version | grep -q '^string metrics: scalar$' || exit 9
