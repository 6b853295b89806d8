# A source that the job no longer has, or has under another name, counts with all its rows in rows_change_percent; versions
# of a registry follow each other, and a source that is new is no change.
. "$(dirname "$0")/data/eligibility_job.inc"
echo 'limits: {rows_change_percent: 50}' >>job.yaml
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
sed 's/^name: contoh/name: contoh\nprevious: hasil\/contoh-0001/' job.yaml >next.yaml
night() { # what, sed expression
	sed "$2" next.yaml >night.yaml
	"$PADAN" run --quiet night.yaml >out
	echo "$1: exit $?"
	grep -o '[^"]*of the previous run are gone[^"]*' "$(tail -n 1 out)/manifest.json"
	grep -c ^BARIS_HILANG "$(tail -n 1 out)/perubahan.csv"
}
night renamed 's/^  asn:/  aparatur:/'
night dropped '/^  asn:/d'
night "an older version" '/^  dtsen_a:/d'
night "one more" 's/^  asn:\(.*\)/  asn:\1\n  asn_b:\1/'
exit 0
