# Trains the model of a job on its sources: one lambda for each pair of sources that the job compares.
. "$(dirname "$0")/data/small_job.inc"
"$PADAN" train job.yaml --out one.json --quiet --threads 1 > /dev/null
"$PADAN" train job.yaml --out two.json --quiet --threads 2 > /dev/null
cmp one.json two.json
cmp one.training.txt two.training.txt
grep -o '"source_dataset_l": "[a-z]*", "source_dataset_r": "[a-z]*"' one.json
"$PADAN" train job.yaml --preset orang-indonesia --quiet
