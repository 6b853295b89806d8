#!/bin/sh
# Installs what building, testing and checking need on Debian 12; asks the network only when something is missing.
set -eu
packages="gcc make libcriterion-dev libxxhash-dev libjemalloc-dev libfyaml-dev zlib1g-dev libzstd-dev libsodium-dev
libpcre2-dev libsqlite3-dev libxlsxwriter-dev libpq-dev clang clang-format libclang-rt-14-dev libomp-dev pmccabe mandoc
python3 python3-venv postgresql"

if ! command -v dpkg-query > /dev/null; then
	echo "setup: not a Debian system; these packages (or their like) are needed:" $packages
	exit 0
fi
missing=""
for package in $packages; do
	dpkg-query -W -f='${Status}' "$package" 2> /dev/null | grep -q '^install ok installed$' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=""
[ "$(id -u)" -eq 0 ] || as_root="sudo"
echo "setup: installing$missing"
# The tests begin a server of their own; the package would begin one at once, and with every start of the machine.
settings=/etc/postgresql-common/createcluster.conf
if [ ! -e $settings ] && ! command -v psql > /dev/null; then
	$as_root mkdir -p /etc/postgresql-common
	echo "create_main_cluster = false" | $as_root tee $settings > /dev/null
fi
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing > /dev/null
