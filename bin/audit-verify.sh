#!/bin/sh
# Checks the chain of the audit's day files in a folder, without this product: needs openssl and the usual tools alone.
#   aws s3 sync s3://ARCHIVE-BUCKET/audit DIR && sh bin/audit-verify.sh DIR
# Each file's first line names its day and the SHA-256 of the file before. Prints the last file's SHA-256, which is worth
# keeping elsewhere: with it, and the chain, every earlier file is fixed. Exit code 0: whole, 1: a fault, 2: not understood.
set -u
LC_ALL=C
export LC_ALL

if [ $# -ne 1 ] || [ ! -d "$1" ]; then
  echo "usage: sh audit-verify.sh FOLDER (files 2026-12-01.jsonl, …)" >&2
  exit 2
fi

# The value of a text field in a file's first line.
field() {
  head -n 1 "$1" | sed -n "s/.*\"$2\":\"\([^\"]*\)\".*/\1/p"
}

previous=""
files=0
faults=0
fault() {
  echo "$1: $2" >&2
  faults=$((faults + 1))
}

# The shell lists names in order, and the names are dates.
for file in "$1"/[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].jsonl; do
  [ -f "$file" ] || continue
  day=$(basename "$file" .jsonl)
  [ "$(field "$file" day)" = "$day" ] || fault "$day" "the first line is of another day"
  named=$(field "$file" previous)
  if [ "$files" -gt 0 ] && [ "$named" != "$previous" ]; then
    fault "$day" "does not follow the file before: it names $named, that file is $previous"
  fi
  told=$(head -n 1 "$file" | sed -n 's/.*"lines":\([0-9]*\).*/\1/p')
  has=$(($(wc -l <"$file") - 1))
  [ "$told" = "$has" ] || fault "$day" "says $told lines and has $has"
  previous=$(openssl dgst -sha256 -r "$file" | cut -d ' ' -f 1)
  files=$((files + 1))
done

if [ "$files" -eq 0 ]; then
  echo "$1 has no files 2026-12-01.jsonl, …" >&2
  exit 2
fi
echo "$files files, $faults faults; SHA-256 of the last: $previous"
[ "$faults" -eq 0 ]
