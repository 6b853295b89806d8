# A folder that cannot be made is an error of the system, told in one sentence.
echo x >d
"$PADAN" generate --people 1000 --out d/e
