// Forms that wait for the link: how many they are, and sending each once when the link is back. Nothing of
// a form stays here after it was recorded; signing out clears everything.
"use strict";

(() => {
  const PAGES = "homeward-pages";
  const AGAIN_MS = 5000; // how often what waits is tried

  const badge = document.getElementById("waits");
  if (!badge || !("serviceWorker" in navigator)) return;
  const me = badge.dataset.as;
  const leaving = document.querySelector("form.leave");
  const list = document.getElementById("kept");

  const store = () => new Promise((resolve, reject) => {
    const opening = indexedDB.open("homeward", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("kept", { keyPath: "event" });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });

  const within = async (act) => {
    const open = await store();
    const result = await new Promise((resolve, reject) => {
      const transaction = open.transaction("kept", "readwrite");
      const asked = act(transaction.objectStore("kept"));
      transaction.oncomplete = () => resolve(asked?.result);
      transaction.onerror = () => reject(transaction.error);
    });
    open.close();
    return result;
  };

  const mine = async () => (await within((kept) => kept.getAll())).filter((form) => form.as === me);

  const element = (name, text) => {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  };

  const row = (form) => {
    const made = document.createElement("li");
    if (form.state === "refused") {
      const link = element("a", form.title);
      const of = new URLSearchParams(form.typed.filter(([name]) => name === "ledger" || name === "journey" || name === "instrument"));
      link.href = `${form.action}?${of}#kept=${form.event}`;
      made.append(link);
    } else {
      made.append(element("b", form.title));
    }
    const said = { refused: list.dataset.refused, "signed-out": list.dataset.signedOut };
    made.append(element("span", new Date(form.at).toLocaleString(document.documentElement.lang)));
    made.append(element("span", said[form.state] ?? list.dataset.waiting));
    const discard = element("button", list.dataset.discard);
    discard.type = "button";
    discard.setAttribute("aria-label", `${list.dataset.discard}: ${form.title}`);
    discard.addEventListener("click", async () => {
      await within((kept) => kept.delete(form.event));
      show();
    });
    made.append(discard);
    return made;
  };

  let waited = false;
  const show = async () => {
    const forms = await mine();
    badge.hidden = forms.length === 0;
    badge.querySelector("b").textContent = forms.length;
    if (list && (forms.length || waited)) {
      const rows = document.createElement("ul");
      rows.className = "kept-list";
      rows.append(...forms.map(row));
      const done = element("p", list.dataset.sent);
      done.className = "state";
      list.replaceChildren(forms.length ? rows : done);
    }
    waited ||= forms.length > 0;
    return forms;
  };

  // One form to the house; gives what became of it.
  const send = async (form) => {
    const body = new URLSearchParams([...form.typed, ["token", leaving.elements.token.value]]);
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
    if (answer.status === 201) return "sent";
    if (answer.status === 422) return "refused";
    // Sent to the sign-in page, or not believed any more.
    if (answer.type === "opaqueredirect" || answer.status === 403) return "signed-out";
    return "waiting";
  };

  const sendAll = async () => {
    for (const form of await mine()) {
      if (form.state === "refused") continue;
      try {
        const state = await send(form);
        await within((kept) => (state === "sent" ? kept.delete(form.event) : kept.put({ ...form, state })));
      } catch {
        break; // the link is still down
      }
    }
    await show();
  };

  // One page of several that are open sends.
  const trySending = () => navigator.locks.request("homeward-kept", { ifAvailable: true }, (lock) => (lock ? sendAll() : undefined));

  // A form that is opened is a new event, also one that was opened before and comes from the store.
  const form = document.querySelector("form[data-kept]");
  const begin = async () => {
    if (!form || "again" in form.dataset) return;
    const named = location.hash.startsWith("#kept=") ? location.hash.slice("#kept=".length) : "";
    const known = named && (await mine()).find((one) => one.event === named);
    if (!known) {
      form.elements.event.value = crypto.randomUUID();
      // The day where the person is, which the house cannot know.
      const now = new Date();
      const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
      if (form.elements.occurred.value === form.elements.occurred.defaultValue) form.elements.occurred.value = day;
      return;
    }
    for (const control of form.querySelectorAll("select, input:not([type=hidden]), textarea")) {
      const values = known.typed.filter(([name]) => name === control.name).map(([, value]) => value);
      if (control.type === "checkbox") control.checked = values.includes(control.value);
      else control.value = values[0] ?? "";
    }
    form.elements.event.value = known.event;
  };

  // What can be filled in without a link has to be here before it drops.
  const ahead = async () => {
    const pages = await caches.open(PAGES);
    const links = [...document.querySelectorAll("[data-ahead] a")].map((link) => link.href);
    for (const href of ["/kept", ...links]) {
      try {
        const answer = await fetch(href);
        if (answer.ok && !answer.redirected) await pages.put(href, answer);
      } catch {
        return;
      }
    }
    document.getElementById("forms")?.setAttribute("data-here", "");
  };

  const offer = async () => {
    const forms = document.getElementById("kept-forms");
    if (!forms) return;
    for (const request of await (await caches.open(PAGES)).keys()) {
      const url = new URL(request.url);
      const there = [...forms.querySelectorAll("a")].some((link) => link.href === url.href);
      if (!url.pathname.startsWith("/record/") || there) continue;
      const page = await (await caches.match(request)).text();
      const heading = new DOMParser().parseFromString(page, "text/html").querySelector("h1");
      const link = element("a", heading ? heading.textContent : url.pathname);
      link.href = url.href;
      const made = document.createElement("li");
      made.append(link);
      forms.append(made);
    }
  };

  leaving.addEventListener("submit", () => {
    indexedDB.deleteDatabase("homeward");
    caches.delete(PAGES);
  });
  addEventListener("online", trySending);
  setInterval(async () => { if ((await mine()).length) await trySending(); }, AGAIN_MS);

  navigator.serviceWorker.register("/sw.js").then(() => navigator.serviceWorker.ready).then(ahead);
  begin().then(show).then((forms) => (forms.length ? trySending() : undefined));
  offer();
})();
