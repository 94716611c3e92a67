// Updates while a page is open: when a read model moves, the page is asked again and what changed in it
// is put in its place. Without this script a page is whole; it is then loaded again by hand.
"use strict";

(() => {
  const QUIET_MS = 600; // changes come in flurries: wait until one is over
  const APART_MS = 2000; // and do not ask more often than this
  const AGAIN_MS = 3000; // what is being worked out is asked for again after this

  const status = document.getElementById("live");
  const parts = () => document.querySelectorAll("[data-live]");
  if (!status || (!parts().length && !("again" in document.body.dataset))) return;

  let waiting = 0;
  let asked = 0;

  const say = (text) => { status.textContent = text; };

  // Somebody who reads or types in a part keeps it as it is.
  const inUse = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");

  const put = (fresh) => {
    for (const part of parts()) {
      const next = fresh.getElementById(part.id);
      if (!next || inUse(part) || next.innerHTML === part.dataset.was) continue;
      const open = [...part.querySelectorAll("details")].map((details) => details.open);
      const focused = document.activeElement && part.contains(document.activeElement) ? document.activeElement.id : "";
      part.replaceChildren(...next.childNodes);
      part.querySelectorAll("details").forEach((details, index) => { details.open = open[index] ?? details.open; });
      if (focused) document.getElementById(focused)?.focus();
      part.dispatchEvent(new CustomEvent("homeward:put", { bubbles: true }));
    }
    delete document.body.dataset.again;
    if ("again" in fresh.body.dataset) {
      document.body.dataset.again = "";
      later(AGAIN_MS);
    }
  };

  const ask = async () => {
    waiting = 0;
    asked = Date.now();
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      if (answer.redirected) { location.reload(); return; }
      put(new DOMParser().parseFromString(await answer.text(), "text/html"));
      say(`${document.body.dataset.liveOn} · ${new Date().toLocaleTimeString(document.documentElement.lang)}`);
    } catch {
      say(document.body.dataset.liveOff);
    }
  };

  const later = (after) => {
    if (waiting) return;
    waiting = setTimeout(ask, Math.max(after, asked + APART_MS - Date.now()));
  };

  const changes = new EventSource("/live");
  changes.addEventListener("open", () => say(document.body.dataset.liveOn));
  changes.addEventListener("error", () => say(document.body.dataset.liveOff));
  changes.addEventListener("change", () => later(QUIET_MS));
  changes.addEventListener("missed", () => later(QUIET_MS));
  addEventListener("pagehide", () => changes.close());
  if ("again" in document.body.dataset) later(AGAIN_MS);
})();
