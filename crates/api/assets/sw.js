// Answers for the house while the link is down: forms that were opened before open again, and one that
// is sent waits in the browser until the link is back. Nothing else is kept.
"use strict";

const PAGES = "homeward-pages"; // what was opened, to be opened again
const SEND_WITHIN_MS = 20000; // a link that is up and carries nothing is down

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

const store = () => new Promise((resolve, reject) => {
  const opening = indexedDB.open("homeward", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("kept", { keyPath: "event" });
  opening.onsuccess = () => resolve(opening.result);
  opening.onerror = () => reject(opening.error);
});

const change = async (act) => {
  const open = await store();
  await new Promise((resolve, reject) => {
    const transaction = open.transaction("kept", "readwrite");
    act(transaction.objectStore("kept"));
    transaction.oncomplete = resolve;
    transaction.onerror = () => reject(transaction.error);
  });
  open.close();
};

// What is sent by a form: to the house, or into the store. Its event's id makes twice once.
const send = async (request) => {
  const pairs = [...new URLSearchParams(await request.clone().text())];
  const said = Object.fromEntries(pairs);
  try {
    const late = new Promise((_, reject) => { setTimeout(reject, SEND_WITHIN_MS, new Error("late")); });
    const answer = await Promise.race([fetch(request), late]);
    // What stands between us and the house speaks for a link that is down.
    if (answer.status === 502 || answer.status === 504) throw new Error("no house");
    // Redirected: it is recorded.
    if (answer.type === "opaqueredirect") await change((kept) => kept.delete(said.event));
    return answer;
  } catch {
    // The token is the session's of now; what is sent later carries the one of then.
    const typed = pairs.filter(([name]) => name !== "token");
    const at = new Date().toISOString();
    await change((kept) => kept.put({
      event: said.event, as: said.as, title: said.title, action: new URL(request.url).pathname, typed, at, state: "waiting",
    }));
    return Response.redirect("/kept", 303);
  }
};

// The house first; what it said last where it does not answer.
const last = async (request) => {
  const pages = await caches.open(PAGES);
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.type === "basic" && !answer.redirected) await pages.put(request, answer.clone());
    return answer;
  } catch (error) {
    const known = await pages.match(request) ?? (request.mode === "navigate" ? await pages.match("/kept") : undefined);
    if (known) return known;
    throw error;
  }
};

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  const navigates = request.mode === "navigate";
  if (request.method === "POST" && navigates && pathname.startsWith("/record/")) {
    event.respondWith(send(request));
  } else if (request.method === "GET" && (pathname.startsWith("/assets/") || pathname === "/kept" || pathname === "/record" || pathname.startsWith("/record/"))) {
    event.respondWith(last(request));
  } else if (request.method === "GET" && navigates) {
    event.respondWith(fetch(request).catch(async (error) => {
      const known = await (await caches.open(PAGES)).match("/kept");
      if (known) return known;
      throw error;
    }));
  }
});
