# A file that is not there.
. "$(dirname "$0")/data/bad_input.inc"
try
