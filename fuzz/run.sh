#!/usr/bin/env bash
# Coverage-guided fuzzing: every target (fuzz_*.py) for its part of the time.  Ends with 1 if an input was found that
# breaks something; it is kept in FOLDER/found, and `python fuzz/fuzz_NAME.py FILE` shows what it does.
# Corpora grow in FOLDER from run to run.
set -euo pipefail
usage="usage: fuzz/run.sh [--seconds N] [--folder FOLDER] [TARGET…]"
seconds=60 folder=.fuzz targets=()
while (($#)); do
    case $1 in
        --seconds) seconds=${2:?$usage}; shift 2 ;;
        --folder) folder=${2:?$usage}; shift 2 ;;
        -*) echo "$usage" >&2; exit 2 ;;
        *) targets+=("$1"); shift ;;
    esac
done
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if ((!${#targets[@]})); then
    for file in "$here"/fuzz_*.py; do
        name=${file##*/fuzz_}
        targets+=("${name%.py}")
    done
fi
python=${PYTHON:-python3}
each=$((seconds / ${#targets[@]}))
mkdir -p "$folder/found"
status=0
printf '%-12s %10s %8s %8s\n' target inputs edges found
for target in "${targets[@]}"; do
    log=$folder/$target.log
    before=$(find "$folder/found" -type f | wc -l)
    # An input may take ten seconds and two gigabytes: what takes more is a find as well.
    "$python" "$here/fuzz_$target.py" "$folder/$target" -max_total_time="$((each > 0 ? each : 1))" -max_len=16384 \
        -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$folder/found/$target-" -print_final_stats=1 >"$log" 2>&1 || true
    found=$(($(find "$folder/found" -type f | wc -l) - before))
    inputs=$(grep -Eo '^#[0-9]+' "$log" | tail -n 1 | tr -d '#' || true)
    edges=$(grep -Eo 'cov: [0-9]+' "$log" | tail -n 1 | tr -dc '0-9' || true)
    printf '%-12s %10s %8s %8d\n' "$target" "${inputs:-0}" "${edges:-0}" "$found"
    if ((found)) || [[ -z $inputs ]] || grep -q 'Uncaught Python exception' "$log"; then
        status=1
        tail -n 40 "$log" >&2
    fi
done
exit "$status"
