# The curves of evaluation.html: even ticks, whatever weights there are, and tables that a narrow screen can move.
printf 'unique_id,entity_id\n1,a\n2,a\n3,b\n4,b\n5,c\n6,d\n' >truth.csv
printf 'match_weight,unique_id_l,unique_id_r\n-7.3,5,6\n4.1,3,4\n13.7,1,2\n' >pairs.csv
"$PADAN" evaluate --truth truth.csv --pairs pairs.csv --out e >/dev/null
grep -o 'middle">[-0-9.]*<' e/evaluation.html | tr -cd -- '-0-9.\n' | tr '\n' ' '
echo
grep -c '<div class="wide" tabindex="0"><table><thead>' e/evaluation.html
# Readers of screens say what a picture shows, and dark screens do not show through.
grep -o 'aria-label="[^"]*"\|background:#fff}h1' e/evaluation.html | sort
# On paper bars have their colour, lines are not cut, and no table is wider than the page.
grep -o '@media print{.*</style></head><body><main>' e/evaluation.html | tr '{}' '\n' | grep -c 'landscape\|visible\|break-inside:avoid\|print-color-adjust:exact'
