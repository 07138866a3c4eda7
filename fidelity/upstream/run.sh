#!/bin/sh
# Runs upstream's end-to-end tests against a served simulator: run.sh FOLDER [FOCUS] [SPEED], with the e2e.test that build.sh left in
# FOLDER. Ends with the code of the tests; what they say is in FOLDER/report.txt. KUBECTL names the kubectl that they use.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:?usage: run.sh FOLDER [FOCUS] [SPEED]}
focus=${2:-StatefulSet}
speed=${3:-10x}
config=$folder/kubeconfig
rm -f "$config"
node "$root/bin/setpiece.js" serve --port 0 --speed "$speed" --kubeconfig "$config" > "$folder/serve.txt" 2>&1 &
server=$!
trap 'kill "$server"' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10; do
  test -s "$config" && break
  sleep 0.5
done
code=0
"$folder/e2e.test" --kubeconfig="$config" --provider=local --kubectl-path="${KUBECTL:-kubectl}" \
  --ginkgo.focus="$focus" --ginkgo.skip="${SKIP:-clustered applications}" --ginkgo.timeout="${TIMEOUT:-60m}" \
  --ginkgo.no-color --ginkgo.v > "$folder/report.txt" 2>&1 || code=$?
grep -E '^ *\[(FAIL|TIMEDOUT|PANICKED)\]|^Ran |^(SUCCESS|FAIL)!' "$folder/report.txt" | sort -u
exit "$code"
