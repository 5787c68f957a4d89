#!/usr/bin/env bash
# @mozilla/readability 0.6.0: a story of two types has no author, no publisher and no date.
#
# Expected: JSON-LD lets `@type` be a list, and schema.org lets a thing have several types, as a NewsArticle that is a
# Review has: it is read as a story of one type is.
# Seen: with a list, be it of one type, everything in the JSON-LD is passed over, without a word.
# So: byline, siteName and publishedTime of such outlets are empty; read their JSON-LD yourself before.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-fund --no-audit --ignore-scripts --prefix "$dir" @mozilla/readability@0.6.0 linkedom@0.18.15 >/dev/null

cat > "$dir/try.mjs" <<'JAVASCRIPT'
import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";

const STORY = "<p>Petani di Sembalun memanen bawang putih sejak pekan lalu, dan menjualnya ke pasar induk.</p>".repeat(8);
const TYPES = ["NewsArticle", "OpinionNewsArticle", ["NewsArticle"], ["NewsArticle", "OpinionNewsArticle"]];
console.warn = console.error = console.log;
for (const type of TYPES) {
  const data = {
    "@context": "https://schema.org",
    "@type": type,
    headline: "Panen raya",
    author: { "@type": "Person", name: "Sri Wahyuni" },
    publisher: { "@type": "Organization", name: "Koran Lombok" },
    datePublished: "2026-11-12T21:30:00+08:00",
  };
  const ld = `<script type="application/ld+json">${JSON.stringify(data)}</script>`;
  const page =
    `<!DOCTYPE html><html lang="id"><head><title>Panen raya</title>${ld}</head>` +
    `<body><article>${STORY}</article></body></html>`;
  const { byline, siteName, publishedTime } = new Readability(parseHTML(page).document).parse();
  console.log(JSON.stringify(type), byline, siteName, publishedTime);
}
JAVASCRIPT

cat > "$dir/seen" <<'SEEN'
"NewsArticle" Sri Wahyuni Koran Lombok 2026-11-12T21:30:00+08:00
"OpinionNewsArticle" Sri Wahyuni Koran Lombok 2026-11-12T21:30:00+08:00
["NewsArticle"] null null null
["NewsArticle","OpinionNewsArticle"] null null null
SEEN

cd "$dir"
node try.mjs | diff "$dir/seen" - && echo "as it was: readability-two-types"
