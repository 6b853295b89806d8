# A database that does not answer is asked once: its rows were asked for before they were read, and it was waited for twice.
cat >server.py <<'END'
import os, socket
server = socket.create_server(("127.0.0.1", 0))
with open("port.part", "w") as port:
    print(server.getsockname()[1], file=port)
os.rename("port.part", "port")
while True:
    connection, _ = server.accept()
    with open("asked", "a") as asked:
        asked.write("asked\n")
    connection.close()
END
PGSSLMODE=disable PGGSSENCMODE=disable
export PGSSLMODE PGGSSENCMODE
python3 server.py &
server=$!
trap 'kill $server' EXIT
while [ ! -f port ]; do sleep 0.1; done
name="postgresql://127.0.0.1:$(cat port)/bansos#pkh"
"$PADAN" dedupe "$name" --quiet --out o 2>&1 | grep -o 'bansos#pkh: cannot be reached'
wc -l <asked | tr -d ' '
ls -d o 2>/dev/null
. "$(dirname "$0")/data/small_job.inc"
sed -i "s|path: pkh.csv|path: \"$name\"|" job.yaml
rm asked
"$PADAN" run job.yaml 2>&1 | grep -o 'bansos#pkh: cannot be reached'
wc -l <asked | tr -d ' '
