# The seed of a job is that of its training: a number on the command line wins.
"$PADAN" generate --people 600 --seed 3 --regime daerah --provinces 32 --out d >/dev/null 2>&1 || exit 9
cp d/job.yaml d/a.yaml
sed 's/^name:/seed: 7\nname:/' d/a.yaml >d/b.yaml
learn() { # name, job, options
	name=$1
	shift
	"$PADAN" train --quiet --out $name.json "$@" >/dev/null || exit 9
}
learn unsaid d/a.yaml
learn one d/a.yaml --seed 1
learn of_job d/b.yaml
learn seven d/a.yaml --seed 7
learn wins d/b.yaml --seed 1
for pair in "unsaid one" "of_job seven" "wins one" "of_job one"; do
	set -- $pair
	cmp -s $1.json $2.json && echo "$1 and $2 are the same" || echo "$1 and $2 differ"
done
