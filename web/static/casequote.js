// What the pages do beyond links and forms; without this script everything can still be asked,
// read and kept. No inline code, no eval: the Content-Security-Policy allows neither.
"use strict";

const main = document.getElementById("main");
const pane = document.getElementById("pane");
const status = document.getElementById("status");
const HISTORY = "casequote-history";
const MOST_REMEMBERED = 30;

// Asking: interpretation, then evidence, then the answer, as they come.

let stream = null;
const here = () => `${location.pathname}${location.search}`;
let shown = here();

function askAt(path) {
  const query = path.split("?")[1] || "";
  if (!new URLSearchParams(query).get("q") || !window.EventSource) {
    location.assign(path);
    return;
  }
  stream?.close();
  closePane();
  main.setAttribute("aria-busy", "true");
  const source = new EventSource(`/ask/stream?${query}`);
  stream = source;
  const show = (place, html) => { place.innerHTML = html; };
  const onEvent = (name, handle) =>
    source.addEventListener(name, (event) => source === stream && handle(event.data));
  const inFull = () => {
    source.close();
    location.assign(path);
  };
  let begun = false;
  onEvent("interpretation", (html) => {
    show(main, html);
    if (!begun) {
      begun = true;
      history.pushState({ asked: true }, "", path);
      shown = here();
      window.scrollTo(0, 0);
    }
    say(main.querySelector(".chips")?.textContent);
  });
  onEvent("evidence", (html) => {
    const place = document.getElementById("evidence");
    if (place) show(place, html);
  });
  onEvent("answer", (html) => {
    source.close();
    show(main, html);
    main.removeAttribute("aria-busy");
    const question = main.querySelector("h1");
    document.title = `${question.textContent} – CaseQuote`;
    question.focus();
    const heading = main.querySelector(".answer h2, .refusal h2, .conflicts h2");
    const values = main.querySelectorAll(".values > li").length;
    say([heading?.textContent, values || ""].join(" "));
    remember(question.textContent, path);
    const field = document.getElementById("new-question");
    if (field) field.value = "";
  });
  onEvent("failed", inFull);
  source.onerror = inFull;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form.ask[method=get][action='/']") || event.defaultPrevented) return;
  event.preventDefault();
  askAt(`/?${new URLSearchParams(new FormData(form))}`);
});

window.addEventListener("popstate", () => {
  if (here() !== shown) location.reload(); // else only the place within the page has changed
});

function say(text) {
  status.textContent = "";
  if (text) requestAnimationFrame(() => { status.textContent = text; });
}

// A source beside the page that cites it.

let opener = null;

async function openPane(link) {
  const address = new URL(link.href);
  address.searchParams.set("beside", "true");
  const response = await fetch(`${address.pathname}${address.search}`);
  if (!response.ok) {
    location.assign(link.href);
    return;
  }
  pane.innerHTML = await response.text();
  opener = link;
  pane.hidden = false;
  document.body.classList.add("with-pane");
  const mark = pane.querySelector("mark");
  if (mark) pane.scrollTop = mark.offsetTop - pane.clientHeight / 2;
  pane.focus({ preventScroll: true });
  say(mark?.textContent.slice(0, 300));
}

function closePane() {
  if (pane.hidden) return;
  pane.hidden = true;
  pane.replaceChildren();
  document.body.classList.remove("with-pane");
  opener?.focus();
  opener = null;
}

// The extract of a citation, while the pointer or the focus is on it.

const peek = document.createElement("div");
peek.className = "peek";
peek.hidden = true;
peek.setAttribute("aria-hidden", "true");
document.body.append(peek);

function showPeek(link) {
  const number = link.textContent.match(/\d+/)?.[0];
  const extract = document.querySelector(`#extract-${number} blockquote`);
  if (!extract) return;
  peek.textContent = extract.textContent;
  peek.hidden = false;
  const place = link.getBoundingClientRect();
  const left = Math.min(place.left, document.documentElement.clientWidth - peek.offsetWidth - 8);
  peek.style.left = `${Math.max(8, left) + window.scrollX}px`;
  peek.style.top = `${place.bottom + window.scrollY + 4}px`;
}

const hidePeek = () => { peek.hidden = true; };
const citeOf = (event) => (event.target instanceof Element ? event.target.closest("a.cite") : null);

for (const name of ["mouseover", "focusin"]) {
  document.addEventListener(name, (event) => {
    const link = citeOf(event);
    if (link) showPeek(link);
    else if (!peek.contains(event.target)) hidePeek();
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (!peek.hidden) hidePeek();
  else closePane();
});

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(".closes")) closePane();
  const link = target?.closest("a");
  if (link?.matches("a.cite, a.source") && link.pathname.startsWith("/documents/")) {
    event.preventDefault();
    hidePeek();
    openPane(link);
  } else if (link?.matches("a.copies")) {
    event.preventDefault();
    copy(link);
  } else if (link?.matches("a.asks, .chips a.remove") && link.pathname === "/") {
    event.preventDefault();
    askAt(`${link.pathname}${link.search}`);
  }
});

// Copying an answer with its citations.

async function copy(link) {
  const text = await (await fetch(link.href)).text();
  await navigator.clipboard.writeText(text);
  link.classList.add("done");
  say(link.textContent);
  setTimeout(() => link.classList.remove("done"), 2000);
}

// Questions asked before: they stay in this browser.

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(HISTORY)) || [];
  } catch {
    return [];
  }
}

function remember(question, path) {
  const others = remembered().filter((one) => one.path !== path);
  try {
    localStorage.setItem(HISTORY, JSON.stringify([{ question, path }, ...others].slice(0, MOST_REMEMBERED)));
  } catch { /* no room, or storage is switched off: nothing is remembered */ }
}

function showHistory() {
  const section = document.getElementById("history");
  const found = remembered().filter((one) => String(one.path).startsWith("/?"));
  if (!section || !found.length) return;
  section.hidden = false;
  section.querySelector("ul").replaceChildren(
    ...found.slice(0, 8).map(({ question, path }) => {
      const link = document.createElement("a");
      link.href = path;
      link.className = "asks";
      link.dir = "auto";
      link.textContent = question;
      const item = document.createElement("li");
      item.append(link);
      return item;
    }),
  );
  section.querySelector("button").addEventListener("click", () => {
    localStorage.removeItem(HISTORY);
    section.hidden = true;
    main.focus();
  });
}

if (location.pathname === "/" && location.search) {
  const question = main.querySelector("h1.question");
  if (question) remember(question.textContent, `${location.pathname}${location.search}`);
}
showHistory();

// Uploads show how much has been sent, and what becomes of each file.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form.upload")) return;
  event.preventDefault();
  const request = new XMLHttpRequest();
  const bar = form.querySelector("progress");
  bar.hidden = false;
  request.upload.addEventListener("progress", (sent) => {
    if (sent.lengthComputable) bar.value = (100 * sent.loaded) / sent.total;
  });
  const arrived = () => {
    if (request.status === 200 && request.responseURL.includes("job=")) location.assign(request.responseURL);
    else document.documentElement.innerHTML = request.responseText;
  };
  request.addEventListener("load", arrived);
  request.addEventListener("error", () => form.submit());
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "text/html");
  request.send(new FormData(form));
});

// The switches take effect at once where there is a script.

for (const field of document.querySelectorAll("form.preferences select")) {
  field.addEventListener("change", () => field.form.requestSubmit());
}

// A menu closes when the focus leaves it.

document.addEventListener("focusin", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
