"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const record = $("record"), reports = $("reports"), menu = $("menu"), filter = $("filter"), says = $("says");
  const entries = all(".entry");
  const byNumber = new Map(entries.map((entry) => [entry.dataset.n, entry]));
  let segments = [];
  const wordsOf = new Map();
  function index() {
    segments = all("[data-e]", reports);
    wordsOf.clear();
    for (const segment of segments)
      for (const n of segment.dataset.e.split(" ")) wordsOf.has(n) ? wordsOf.get(n).push(segment) : wordsOf.set(n, [segment]);
  }
  index();
  const wide = () => matchMedia("(min-width: 901px)").matches;
  const state = { entry: null, lit: [], starts: [], at: -1, word: null, from: null };

  document.documentElement.classList.add("js");
  for (const hidden of all(".tools, .steps")) hidden.hidden = false;
  for (const row of all(".entry > .row")) {
    row.insertAdjacentHTML("beforeend", '<button class="more" type="button" aria-haspopup="menu" aria-expanded="false" title="More (m)"><span aria-hidden="true">⋯</span><span class="sr"></span></button>');
    row.lastElementChild.lastElementChild.textContent = "More on " + row.parentElement.id.replace("-", " ");
  }
  for (const entry of entries) entry.tabIndex = -1;
  if (entries.length) entries[0].tabIndex = 0;

  let silence = 0;
  function tell(words) {
    says.textContent = words;
    clearTimeout(silence);
    silence = setTimeout(() => { says.textContent = ""; }, 4000);
  }

  // ---- lighting ---------------------------------------------------------------------------------

  function putOut() {
    for (const lit of all(".lit, .has-lit, .hit, .here")) lit.classList.remove("lit", "has-lit", "hit", "here");
    if (state.entry) state.entry.removeAttribute("aria-current");
    Object.assign(state, { entry: null, lit: [], starts: [], at: -1 });
    draw();
  }

  // Words that touch make one passage; the threads and the steps go to its first segment.
  function passages(lit) {
    return lit.filter((segment) => {
      const before = segment.previousSibling;
      return !(before && before.nodeType === 1 && before.classList.contains("lit"));
    });
  }

  // What the application is asked for later has to be of the record that this page shows: after a change, numbers and
  // letters stand for others.
  const edition = document.querySelector("meta[name=edition]");
  async function ask(address) {
    const answer = await fetch(edition ? address + (address.includes("?") ? "&" : "?") + "of=" + edition.content : address, { credentials: "same-origin" });
    if (answer.status === 409) document.dispatchEvent(new CustomEvent("variorum:changed"));
    if (!answer.ok) throw new Error(answer.status);
    return answer.text();
  }

  // In a story of many reports the application leaves their texts out until they are asked for.
  const missing = (entry) => (entry.dataset.r || "").split(" ").filter((letter) => letter && document.querySelector(`#report-${letter}[data-letter]`));
  const fetching = new Map();
  function fetchReports(letters) {
    const fresh = letters.filter((letter) => !fetching.has(letter));
    if (fresh.length) {
      const got = ask(reports.dataset.texts + fresh.join("."))
        .then((markup) => {
          const made = new DOMParser().parseFromString(markup, "text/html");
          for (const article of all(".report", made)) {
            const stub = $(article.id);
            if (stub && stub.dataset.letter) stub.replaceWith(document.adoptNode(article));
          }
          index();
          draw();
        })
        .catch(() => { for (const letter of fresh) fetching.delete(letter); tell("The report could not be fetched"); });
      for (const letter of fresh) fetching.set(letter, got);
    }
    return Promise.all(letters.map((letter) => fetching.get(letter)));
  }

  function light(entry, { letter = null, scroll = true } = {}) {
    putOut();
    state.entry = entry;
    entry.setAttribute("aria-current", "true");
    const wanted = missing(entry);
    if (wanted.length && !entry.dataset.tried) {
      entry.dataset.tried = "yes";
      tell(wanted.length > 1 ? `Fetching ${wanted.length} reports` : "Fetching the report");
      return fetchReports(wanted).then(() => {
        delete entry.dataset.tried;
        if (state.entry === entry && !missing(entry).length) light(entry, { letter, scroll });
      });
    }
    state.lit = wordsOf.get(entry.dataset.n) || [];
    const letters = new Set();
    for (const segment of state.lit) {
      segment.classList.add("lit");
      segment.closest(".b").classList.add("has-lit");
      const report = segment.closest(".report");
      report.classList.add("has-lit");
      letters.add(report.id.slice(7));
    }
    state.starts = passages(state.lit);
    for (const link of all(".letters .siglum")) link.classList.toggle("lit", letters.has(link.textContent));
    const first = letter ? state.starts.findIndex((s) => s.closest(".report").id === "report-" + letter) : 0;
    state.at = Math.max(0, first);
    if (scroll && state.starts.length) {
      if (wide()) show(state.starts[state.at]);
      else if (!letter) unfold(entry, ".evidence", true);
    }
    $("back").hidden = wide();
    draw();
    const named = letters.size > 8 ? letters.size + " reports" : Array.from(letters).join(", ");
    tell(letters.size ? "Lit in " + named : "No words of a report stand behind this entry");
  }

  function show(target) {
    const pane = wide() ? reports : document.scrollingElement;
    const box = target.getBoundingClientRect();
    const view = wide() ? reports.getBoundingClientRect() : { top: 0, height: innerHeight };
    const room = view.height * 0.3;
    if (box.top < view.top + 60 || box.bottom > view.top + view.height - 40) pane.scrollTop += box.top - view.top - room;
  }

  function step(by) {
    if (!state.starts.length) return;
    state.at = (state.at + by + state.starts.length) % state.starts.length;
    show(state.starts[state.at]);
    const report = state.starts[state.at].closest(".report").id.slice(7);
    tell(`${state.at + 1} of ${state.starts.length}, report ${report}`);
    draw();
  }

  function reveal(entry) {
    if (entry.hidden) clearFilter();
    for (let up = entry.parentElement; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
    for (const other of entries) other.tabIndex = other === entry ? 0 : -1;
    entry.scrollIntoView({ block: "nearest" });
  }

  // The other way: from words to the entries that rest on them, the narrowest first.
  function rest(found) {
    const numbers = new Set(found.flatMap((segment) => segment.dataset.e.split(" ")));
    const hits = Array.from(numbers).map((n) => byNumber.get(n)).filter(Boolean);
    const length = (entry) => (wordsOf.get(entry.dataset.n) || []).reduce((sum, s) => sum + s.textContent.length, 0);
    hits.sort((a, b) => a.classList.contains("actor") - b.classList.contains("actor") || length(a) - length(b));
    return hits;
  }

  function lightEntries(found) {
    const hits = rest(found);
    if (!hits.length) return;
    light(hits[0], { scroll: false });
    for (const hit of hits) hit.classList.add("hit");
    reveal(hits[0]);
    draw();
    tell(hits.length === 1 ? "One entry rests on these words" : hits.length + " entries rest on these words");
  }

  // ---- threads between the two sides -------------------------------------------------------------

  const threads = $("threads");
  let drawing = 0;
  function draw() {
    if (!drawing) drawing = requestAnimationFrame(() => { drawing = 0; paint(); });
  }
  function element(name, attributes, words) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    if (words) made.textContent = words;
    return made;
  }
  function paint() {
    threads.replaceChildren();
    if (!state.entry || !wide() || state.entry.hidden) return;
    const from = state.entry.getBoundingClientRect(), left = record.getBoundingClientRect();
    const right = reports.getBoundingClientRect(), bar = reports.querySelector(".bar").getBoundingClientRect();
    const clamp = (y, low, high) => Math.min(Math.max(y, low), high);
    const x1 = from.right + 4, y1 = clamp(from.top + Math.min(from.height / 2, 24), left.top + 6, left.bottom - 6);
    const seen = new Map();
    for (const start of state.starts) {
      const report = start.closest(".report").id;
      if (!seen.has(report)) seen.set(report, start);
    }
    if (state.at >= 0 && state.starts[state.at]) seen.set(state.starts[state.at].closest(".report").id, state.starts[state.at]);
    let above = 0, below = 0;
    threads.append(element("circle", { cx: x1, cy: y1, r: 2.5 }));
    for (const [report, start] of seen) {
      const box = start.getClientRects()[0];
      if (!box) continue;
      const name = report.slice(7);
      // The thread ends in the margin beside the line, so that it strikes through no words.
      let x2 = start.closest(".b").getBoundingClientRect().left - 7, y2 = box.top + box.height / 2;
      if (y2 < bar.bottom || y2 > right.bottom) {
        const up = y2 < bar.bottom;
        const row = up ? above++ : below++;
        if (row > 12) continue;
        y2 = up ? bar.bottom + 12 : right.bottom - 12;
        x2 = right.left + 14 + row * 26;
        threads.append(element("text", { x: x2 + 3, y: y2 + 4 }, row === 12 ? "…" : (up ? "↑" : "↓") + name));
        if (row) continue;
      }
      const bend = (x1 + x2) / 2;
      threads.append(element("path", { d: `M${x1},${y1}C${bend},${y1} ${bend},${y2} ${x2},${y2}` }));
      threads.append(element("circle", { cx: x2, cy: y2, r: 2.5 }));
    }
  }
  for (const pane of [record, reports, window]) pane.addEventListener("scroll", draw, { passive: true });
  addEventListener("resize", draw);

  // ---- menu, evidence, copying -------------------------------------------------------------------

  function unfold(entry, which, open) {
    const details = entry.querySelector(":scope > .apparatus > " + which);
    if (!details) return tell("There is nothing more to show here");
    details.open = open === undefined ? !details.open : open;
    draw();
  }

  function openMenu(button) {
    const box = button.getBoundingClientRect();
    menu.hidden = false;
    const entry = button.closest(".entry");
    menu.querySelector("[data-do=quote]").hidden = !entry.dataset.quote;
    for (const item of all("[data-do=evidence], [data-do=why]", menu)) item.hidden = !entry.querySelector(":scope > .apparatus > ." + item.dataset.do);
    for (const item of all("[data-do=correct]", menu)) item.hidden = !entry.querySelector("a.correct");
    menu.style.left = Math.max(8, Math.min(box.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8)) + "px";
    menu.style.top = (box.bottom + menu.offsetHeight + 8 > innerHeight ? box.top - menu.offsetHeight - 4 : box.bottom + 4) + "px";
    button.setAttribute("aria-expanded", "true");
    state.from = button;
    menu.querySelector("button:not([hidden])").focus();
  }
  function closeMenu(back = true) {
    if (menu.hidden) return;
    menu.hidden = true;
    state.from.setAttribute("aria-expanded", "false");
    if (back) state.from.closest(".entry").focus({ preventScroll: true });
  }

  async function copy(words, done) {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      // Without leave to use the clipboard (a page opened as a file, an older browser), through a selection.
      const area = document.createElement("textarea");
      area.value = words;
      document.body.append(area);
      area.select();
      const copied = document.execCommand("copy");
      area.remove();
      if (!copied) return tell("The browser does not let this page copy");
    }
    tell(done);
  }

  // In a long story the application gives citations and evidence only when they are asked for.
  async function copyCited(entry) {
    if (entry.dataset.cite === undefined) {
      try {
        entry.dataset.cite = (await ask(reports.dataset.entries + entry.id + ".txt")).trimEnd();
      } catch { return tell("The citation could not be fetched"); }
    }
    copy(entry.dataset.cite, "Copied with citation");
  }
  record.addEventListener("toggle", async (event) => {
    const details = event.target, link = details.open && details.matches(".evidence") && details.querySelector(":scope > a");
    if (!link) return;
    try {
      const made = new DOMParser().parseFromString(await ask(link.href + "?bare=1"), "text/html");
      link.replaceWith(document.adoptNode(made.querySelector("ol")));
      draw();
    } catch { tell("The words could not be fetched"); }
  }, true);

  function act(what, entry) {
    if (what === "quote") entry.dataset.quote ? copy(entry.dataset.quote, "Quotation copied") : tell("No report quotes this");
    else if (what === "correct") document.dispatchEvent(new CustomEvent("variorum:correct", { detail: entry }));
    else if (what === "copy") copyCited(entry);
    else if (what === "address") copy(location.href.split("#")[0] + "#" + entry.id, "Address copied: #" + entry.id);
    else unfold(entry, what === "evidence" ? ".evidence" : ".why");
  }

  menu.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const entry = state.from.closest(".entry");
    closeMenu();
    act(button.dataset.do, entry);
  });
  menu.addEventListener("keydown", (event) => {
    const items = all("button:not([hidden])", menu), at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) { items[(to + items.length) % items.length].focus(); event.preventDefault(); }
    else if (event.key === "Escape" || event.key === "Tab") { closeMenu(); event.preventDefault(); }
    event.stopPropagation();
  });

  // ---- filter ------------------------------------------------------------------------------------

  const haystack = new Map();
  const search = (entry) => {
    if (!haystack.has(entry)) {
      const speaker = entry.closest(".speaker");
      haystack.set(entry, ((speaker ? speaker.firstElementChild.textContent : "") + " " + entry.textContent).toLowerCase());
    }
    return haystack.get(entry);
  };
  function sift() {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const only = $("only-differs").getAttribute("aria-pressed") === "true";
    let left = 0;
    for (const entry of entries) {
      const fits = words.every((word) => search(entry).includes(word)) &&
        (!only || entry.classList.contains("difference") || entry.classList.contains("differing"));
      entry.hidden = !fits;
      if (fits && (words.length || only) && entry.closest("details.rest")) entry.closest("details.rest").open = true;
      left += fits;
    }
    for (const group of all(".speaker, .held li, .matrix tbody tr, #record > section")) {
      const held = all(".entry", group);
      if (held.length) group.hidden = held.every((entry) => entry.hidden);
    }
    draw();
    if (words.length || only) tell(left === 1 ? "One entry" : left + " entries");
  }
  function clearFilter() {
    filter.value = "";
    $("only-differs").setAttribute("aria-pressed", "false");
    sift();
  }
  function toggle(button) {
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    return button.getAttribute("aria-pressed") === "true";
  }
  filter.addEventListener("input", sift);
  $("only-differs").addEventListener("click", (event) => { toggle(event.currentTarget); sift(); });

  function fold() {
    if (!state.lit.length && $("fold").getAttribute("aria-pressed") !== "true") return tell("Light up an entry first");
    reports.classList.toggle("folded", toggle($("fold")));
    if (state.starts.length) show(state.starts[state.at]);
    draw();
  }
  $("fold").addEventListener("click", fold);
  $("next").addEventListener("click", () => step(1));
  $("previous").addEventListener("click", () => step(-1));
  $("show-help").addEventListener("click", () => $("help").showModal());
  $("back").addEventListener("click", () => { if (state.entry) { reveal(state.entry); state.entry.focus(); } });

  // ---- mouse -------------------------------------------------------------------------------------

  record.addEventListener("click", (event) => {
    const entry = event.target.closest(".entry"), link = event.target.closest("a.siglum");
    const more = event.target.closest(".more");
    if (more) { more.getAttribute("aria-expanded") === "true" ? closeMenu() : openMenu(more); event.stopPropagation(); return; }
    if (!entry) return;
    if (link) {
      const later = light(entry, { letter: link.lastChild.textContent });
      const arrive = () => {
        const target = $(link.hash.slice(1));
        if (!target) return false;
        show(target);
        state.at = Math.max(0, state.starts.indexOf(target));
        draw();
        return true;
      };
      if (later) { event.preventDefault(); later.then(arrive); }
      else if (arrive()) event.preventDefault();
      return;
    }
    if (event.target.closest("a, summary, details")) return;
    if (String(getSelection()).trim()) return;
    choose(entry);
  });
  function choose(entry) {
    for (const other of entries) other.tabIndex = other === entry ? 0 : -1;
    entry.focus({ preventScroll: true });
    entry === state.entry ? putOut() : light(entry);
  }

  reports.addEventListener("mouseup", () => setTimeout(selected, 0));
  reports.addEventListener("touchend", () => setTimeout(selected, 50));
  reports.addEventListener("keyup", (event) => { if (event.shiftKey) selected(); });
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!reports.contains(range.commonAncestorContainer)) return;
    const found = segments.filter((segment) => range.intersectsNode(segment));
    if (found.length) lightEntries(found);
    else tell("No entry rests on these words");
  }
  reports.addEventListener("click", (event) => {
    const word = event.target.closest("[data-e]");
    if (word && getSelection().isCollapsed) lightEntries([word]);
  });
  document.addEventListener("click", (event) => { if (!menu.hidden && !menu.contains(event.target)) closeMenu(false); });

  // ---- keyboard ----------------------------------------------------------------------------------

  const inReports = () => reports.contains(document.activeElement);
  function move(by) {
    if (inReports()) return moveWord(by);
    const open = entries.filter((entry) => !entry.hidden && entry.getClientRects().length);
    if (!open.length) return;
    const held = document.activeElement.closest && document.activeElement.closest(".entry");
    const at = open.indexOf(held);
    const next = open[Math.min(Math.max(at + by, 0), open.length - 1)];
    reveal(next);
    next.focus({ preventScroll: true });
    const box = next.getBoundingClientRect();
    if (box.bottom > innerHeight - 60 || box.top < 60) next.scrollIntoView({ block: "center" });
  }
  function moveWord(by) {
    const marked = segments.filter((segment) => !segment.classList.contains("n") && segment.getClientRects().length);
    if (!marked.length) return;
    const at = marked.indexOf(state.word);
    if (state.word) state.word.classList.remove("here");
    state.word = marked[Math.min(Math.max(at + by, 0), marked.length - 1)];
    state.word.classList.add("here");
    state.word.tabIndex = -1;
    state.word.focus({ preventScroll: true });
    show(state.word);
  }
  function moveDifference(by) {
    const open = all(".difference").filter((entry) => !entry.hidden && entry.getClientRects().length);
    if (!open.length) return tell("No differences");
    const at = open.indexOf(state.entry);
    const next = open[at < 0 ? (by > 0 ? 0 : open.length - 1) : (at + by + open.length) % open.length];
    reveal(next);
    next.focus({ preventScroll: true });
    light(next);
  }
  function cross() {
    if (inReports()) { (state.entry || entries[0] || record).focus(); return; }
    reports.focus({ preventScroll: true });
    if (state.starts.length) { state.word = state.starts[state.at]; moveWord(0); }
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
    const focus = document.activeElement;
    if (focus !== filter && focus.matches("input, select, textarea")) return;
    if (focus === filter) {
      if (event.key === "Escape") { clearFilter(); filter.blur(); }
      else if (event.key === "Enter" || event.key === "ArrowDown") { filter.blur(); move(1); event.preventDefault(); }
      return;
    }
    const entry = focus.closest(".entry"), plain = focus === entry;
    const keys = {
      j: () => move(1), k: () => move(-1), n: () => moveDifference(1), p: () => moveDifference(-1), l: () => step(1), h: () => step(-1), f: fold, r: cross,
      d: () => { toggle($("only-differs")); sift(); },
      "/": () => { filter.focus(); filter.select(); },
      "?": () => $("help").showModal(),
      Escape: () => { putOut(); reports.classList.remove("folded"); $("fold").setAttribute("aria-pressed", "false"); },
    };
    if (entry || state.entry) {
      const of = entry || state.entry;
      Object.assign(keys, {
        e: () => act("evidence", of), w: () => act("why", of), c: () => act("copy", of), a: () => act("address", of),
        q: () => act("quote", of), x: () => act("correct", of),
        m: () => { const button = of.querySelector(".more"); if (button) openMenu(button); },
      });
    }
    if (plain || focus === document.body || focus === record || inReports()) {
      keys.ArrowDown = keys.j;
      keys.ArrowUp = keys.k;
    }
    if (plain) keys.Enter = () => choose(entry);
    if (inReports() && focus.dataset && focus.dataset.e) keys.Enter = () => { const held = focus; lightEntries([focus]); held.focus({ preventScroll: true }); };
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });

  // ---- addresses ---------------------------------------------------------------------------------

  function arrive() {
    const at = location.hash.slice(1), entry = $(at);
    const letter = /^(?:report-)?([A-Z]+)(?:\.\d+)?$/.exec(at);
    if (letter && document.querySelector(`#report-${letter[1]}[data-letter]`)) {
      fetchReports([letter[1]]).then(() => { if ($(at)) show($(at)); });
      return;
    }
    if (entry && entry.classList.contains("entry")) {
      reveal(entry);
      light(entry);
      entry.focus({ preventScroll: true });
    }
  }
  addEventListener("hashchange", arrive);
  if (location.hash) arrive();

  if (reports.dataset.texts && "IntersectionObserver" in window) {
    // A report's text is fetched when its place comes near the window.
    const near = new IntersectionObserver((seen) => {
      const letters = seen.filter((one) => one.isIntersecting && one.target.dataset.letter).map((one) => one.target.dataset.letter);
      for (const one of seen) if (one.isIntersecting) near.unobserve(one.target);
      if (letters.length) fetchReports(letters);
    }, { root: wide() ? reports : null, rootMargin: "200px" });
    for (const stub of all(".report[data-letter]", reports)) near.observe(stub);
  }

  // Every script of the page has run; in the application there is one more, which says so itself.
  if (!document.body.classList.contains("app")) document.documentElement.dataset.ready = "yes";
})();
