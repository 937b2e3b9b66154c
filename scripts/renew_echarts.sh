#!/usr/bin/env bash
# Renews the copy of Apache ECharts in the package: scripts/renew_echarts.sh 6.1.0
set -euo pipefail
version="${1:?version of echarts, e.g. 6.1.0}"
here="$(cd "$(dirname "$0")/.." && pwd)/src/swnlp/report/assets"
held="$(mktemp -d)"
trap 'rm -rf "$held"' EXIT
cd "$held"
npm pack "echarts@$version" --silent
tar xzf "echarts-$version.tgz"
cp package/dist/echarts.min.js "$here/echarts.min.js"
cp package/LICENSE "$here/LICENSE.echarts"
sha256sum "$here/echarts.min.js"
