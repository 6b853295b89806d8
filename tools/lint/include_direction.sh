#!/bin/sh
# Arrows point one way (docs/design.md, "Layers"), and a stage never includes another stage: that is what keeps a stage
# readable and testable alone. Checks every #include "folder/..." in src/.
set -eu
bad=0
for file in src/*/*.[ch]; do
	[ -f "$file" ] || continue
	folder=${file#src/}
	folder=${folder%%/*}
	case $folder in
	base) may="base" ;;
	table) may="base table" ;;
	indonesia) may="base indonesia" ;;
	expression) may="base table expression" ;;
	model) may="base table expression model" ;;
	job) may="base table indonesia expression model job" ;;
	generate) may="base table generate" ;; # tools/lint/generator_apart.sh
	export) may="base export" ;; # reads what a run wrote, and nothing of how
	auto | ingest | normalise | block | compare | train | score | cluster | reconcile | report | evaluate)
		may="base table indonesia expression model job $folder"
		;;
	linking | training | zero | checking | engine | run | library) # where stages meet: any stage, and each other in this order
		above="cli"
		[ "$folder" = library ] || above="cli library"
		[ "$folder" != linking ] || above="cli library training zero checking engine run"
		[ "$folder" != training ] || above="cli library zero checking engine run"
		[ "$folder" != zero ] || above="cli library training checking engine run"
		for to in $above; do
			if grep -n "^#include \"$to/" "$file"; then
				echo "$file: $folder may not include $to"
				bad=1
			fi
		done
		continue
		;;
	cli) continue ;; # the top: may use everything
	*)
		echo "$file: the folder $folder has no place in tools/lint/include_direction.sh"
		bad=1
		continue
		;;
	esac
	for included in $(sed -n 's/^#include "\(.*\)"/\1/p' "$file"); do
		case $included in
		padan.h) continue ;;
		*/*) to=${included%%/*} ;;
		*) to="the top of src" ;;
		esac
		case " $may " in
		*" $to "*) ;;
		*)
			echo "$file: includes \"$included\": $folder may use only: $may"
			bad=1
			;;
		esac
	done
done
if ls src/*.[ch] > /dev/null 2>&1; then
	echo "src/ itself holds no files: put them into a folder"
	bad=1
fi
exit $bad
