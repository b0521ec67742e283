#!/bin/sh
# Makes engine/vendor again: DuckDB-Wasm (bundle eh) and its client, bundled once with apache-arrow, kept as brotli files.
# Needs npm and the project's Python; takes two minutes. A new version is one change here; the tests compare the hashes.
set -eu

DUCKDB_WASM=1.33.1-dev65.0
ARROW=17.0.0
ESBUILD=0.20.2
here=$(cd "$(dirname "$0")/.." && pwd)
python="$here/.venv/bin/python"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
printf '{"private": true}' > package.json
npm install --no-save --no-package-lock --ignore-scripts --no-audit --no-fund --silent \
    "@duckdb/duckdb-wasm@$DUCKDB_WASM" "apache-arrow@$ARROW" "esbuild@$ESBUILD"
dist=node_modules/@duckdb/duckdb-wasm/dist
# The client's file imports apache-arrow by a bare name, which browsers do not know: the two become one file.
npx --no-install esbuild "$dist/duckdb-browser.mjs" --bundle --format=esm --minify --target=es2020 \
    --legal-comments=inline --log-level=warning --outfile=duckdb-client.js
# Neither file may name its source map: the browser's tools would ask for it.
sed '/^\/\/# sourceMappingURL=/d' "$dist/duckdb-browser-eh.worker.js" > duckdb-eh.worker.js
cp "$dist/duckdb-eh.wasm" duckdb-eh.wasm

"$python" - "$here/engine/vendor" "$DUCKDB_WASM" "$ARROW" "$ESBUILD" <<'PYTHON'
import hashlib
import sys
from pathlib import Path

import brotli

out, versions = Path(sys.argv[1]), dict(zip(("duckdb-wasm", "apache-arrow", "esbuild"), sys.argv[2:], strict=True))
lines = ["# What engine/vendor holds, written by tools/browser_engine.sh. SHA-256 of each file as stored and as unpacked.", "[versions]"]
lines += [f'{name} = "{version}"' for name, version in versions.items()]
for name in ("duckdb-client.js", "duckdb-eh.worker.js", "duckdb-eh.wasm"):
    plain = Path(name).read_bytes()
    packed = brotli.compress(plain, quality=11, lgwin=24)
    (out / f"{name}.br").write_bytes(packed)
    hashes = (hashlib.sha256(b).hexdigest() for b in (packed, plain))
    lines += ["", f'["{name}"]', f"bytes = {len(plain)}", *(f'{k} = "{h}"' for k, h in zip(("stored", "unpacked"), hashes, strict=True))]
(out / "VERSIONS.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
PYTHON
ls -l "$here/engine/vendor"
