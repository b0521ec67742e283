#!/bin/sh
# Makes sure that the browser tests find a Chromium: installs Debian's where that is allowed, else says how.
set -eu

for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null; then exit 0; fi
done
if ls "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium* >/dev/null 2>&1; then exit 0; fi

if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium
elif command -v apt-get >/dev/null && sudo -n true 2>/dev/null; then
    sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium
else
    echo "The browser tests need Chromium, and it may not be installed from here. Install it with" >&2
    echo "    sudo apt-get install chromium              (Debian)" >&2
    echo "    .venv/bin/python -m playwright install chromium    (elsewhere)" >&2
    echo "and run make test again, or leave these tests out: .venv/bin/python -m pytest -m 'not audit and not browser'" >&2
    exit 1
fi
