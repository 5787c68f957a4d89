#!/usr/bin/env bash
# defuddle 0.19.4: where a page names no publisher, the reporter becomes the site.
#
# Expected: `site` is the outlet: its name if the page says one, else the host, as for a page without any author.
# Seen: with an author and without a publisher in the JSON-LD of a NewsArticle `site` is the author's name. Names of
# a place or a topic in the same data are not taken.
# So: an archive of clippings sorted by site has a "site" per reporter; compare `site` with `author`, and take the host
# where they are one.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-fund --no-audit --ignore-scripts --prefix "$dir" defuddle@0.19.4 linkedom@0.18.15 >/dev/null

cat > "$dir/try.mjs" <<'JAVASCRIPT'
import { Defuddle } from "defuddle/node";
import { parseHTML } from "linkedom";

const STORY = "<p>Petani di Sembalun memanen bawang putih sejak pekan lalu, dan menjualnya ke pasar induk.</p>".repeat(8);
const CASES = {
  "neither": {},
  "a place": { contentLocation: { "@type": "Place", name: "Sembalun" } },
  "author and publisher": {
    author: { "@type": "Person", name: "Sri Wahyuni" },
    publisher: { "@type": "Organization", name: "Koran Lombok" },
  },
  "author": { author: { "@type": "Person", name: "Sri Wahyuni" } },
};
for (const [name, more] of Object.entries(CASES)) {
  const data = { "@context": "https://schema.org", "@type": "NewsArticle", headline: "Panen raya", ...more };
  const ld = `<script type="application/ld+json">${JSON.stringify(data)}</script>`;
  const page =
    `<!DOCTYPE html><html lang="id"><head><title>Panen raya</title>${ld}</head>` +
    `<body><main><article><h1>Panen raya</h1>${STORY}</article></main></body></html>`;
  const { author, site } = await Defuddle(parseHTML(page).document, "https://koran.example/panen", {});
  console.log(`${name}: author "${author}", site "${site}"`);
}
JAVASCRIPT

cat > "$dir/seen" <<'SEEN'
neither: author "", site "koran.example"
a place: author "", site "koran.example"
author and publisher: author "Sri Wahyuni", site "Koran Lombok"
author: author "Sri Wahyuni", site "Sri Wahyuni"
SEEN

cd "$dir"
node try.mjs | diff "$dir/seen" - && echo "as it was: defuddle-author-as-the-site"
