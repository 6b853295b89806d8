# What is wrong with the command or the job is told as for run.
code() {
	"$PADAN" check "$@" 2>&1
	echo "exit $?"
}
code a.csv job.yaml
code --reference-date 23-11-2026 a.csv
code --reference-date 2026-11-23 job.yaml
code none.yaml
printf 'padan: 1\nreference_date: 2026-11-23\nsources: {a: {role: registre, path: a.csv}}\n' >job.yaml
code job.yaml
code
