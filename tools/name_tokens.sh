#!/bin/sh
# Writes datasets/frekuensi_token.csv (given as $1) as a constant hash table in C: compare/name_tokens.c looks tokens up
# in it. Slot of a token: its bytes as digits to base 31, modulo the number of slots; then the next free one.
set -eu
cat <<'HEAD'
/* Made by tools/name_tokens.sh. */
#include "compare/name_tokens.h"

HEAD
awk -F, '
	BEGIN { slots = 8192; for (i = 32; i < 127; i++) code[sprintf("%c", i)] = i }
	/^[A-Z]/ {
		slot = 0
		for (i = 1; i <= length($1); i++) slot = (slot * 31 + code[substr($1, i, 1)]) % slots
		while (slot in token) slot = (slot + 1) % slots
		token[slot] = $1
		number[slot] = $2
	}
	END {
		print "const struct pd_name_token pd_name_token_slots[PD_NAME_TOKEN_SLOTS] = {"
		for (slot = 0; slot < slots; slot++)
			if (slot in token) printf "    [%d] = { \"%s\", %d },\n", slot, token[slot], number[slot]
		print "};"
	}' "$1"
