#!/bin/sh
# Installs the locked packages when what is installed is not what the lock file says, so that
# `npm start` and `npm test` are each the only command that a fresh clone needs.
set -e
cd "$(dirname "$0")/.."
stamp=node_modules/.locked
if ! cmp -s package-lock.json "$stamp"; then
  # A lock file that was made for other dependencies: npm would add what none of its hashes covers.
  node -e '
    const { isDeepStrictEqual } = require("node:util");
    const wanted = require("./package.json");
    const locked = require("./package-lock.json").packages[""];
    const kinds = ["dependencies", "devDependencies", "optionalDependencies"];
    const differing = kinds.filter((kind) => !isDeepStrictEqual(wanted[kind] ?? {}, locked[kind] ?? {}));
    if (differing.length > 0) {
      console.error(`package.json and package-lock.json differ in ${differing.join(", ")}. Run npm install and commit both.`);
      process.exit(1);
    }'
  echo "installing packages (package-lock.json)…" >&2
  # Not `npm ci`: it wants every platform's optional binaries, of which a registry may hold only some.
  # Versions and hashes are the lock file's all the same, and it is left as it is.
  npm install --no-save --no-audit --no-fund --loglevel=error >&2
  cp package-lock.json "$stamp"
fi
