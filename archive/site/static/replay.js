// Shows the captured page once ReplayWeb.page's service worker runs: before, its frame would ask the server in vain.
"use strict";

async function started(base) {
  const registration = await navigator.serviceWorker.register(`${base}sw.js?serveIndex=1`, { scope: base });
  const worker = registration.active || registration.waiting || registration.installing;
  if (worker.state === "activated") return;
  await new Promise((resolve) => {
    worker.addEventListener("statechange", () => worker.state === "activated" && resolve());
  });
}

const place = document.querySelector("[data-replay]");
if (navigator.serviceWorker) {
  started(place.dataset.replay).then(() => place.append(place.querySelector("template").content.cloneNode(true)));
} else {
  place.querySelector("p").hidden = false;
}
