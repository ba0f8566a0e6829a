"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const story = document.body.classList.contains("reading");
  document.documentElement.classList.add("js");
  for (const hidden of all(".js-only")) hidden.hidden = false;
  const says = $("says");
  let silence = 0;
  function tell(words) {
    if (!says) return;
    says.textContent = words;
    clearTimeout(silence);
    silence = setTimeout(() => { says.textContent = ""; }, 4000);
  }
  const help = $("help");
  if ($("show-keys") && help && !story) {
    $("show-keys").hidden = false;
    $("show-keys").addEventListener("click", () => help.showModal());
  }

  // ---- keys ---------------------------------------------------------------------------------------

  const rooms = { s: "/stories", a: "/add", f: "/search", c: "/changes", e: "/feeds", r: "/rulings" };
  let gone = 0;
  // Before the page's own keys: after g, the next letter names a room.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (help && help.open)) return;
    if (document.activeElement.matches("input, select, textarea")) {
      if (event.key === "Escape" && !story) document.activeElement.blur();
      return;
    }
    if (event.key === "g") { gone = Date.now(); event.preventDefault(); event.stopImmediatePropagation(); return tell("Go to: s stories, a add, f search, c changes, e feeds, r rulings"); }
    if (gone && Date.now() - gone < 2500 && rooms[event.key]) {
      event.preventDefault();
      event.stopImmediatePropagation();
      location.assign(rooms[event.key]);
    }
    gone = 0;
  }, true);

  const rows = all(".story, .hit-entry");
  if (!story) {
    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || (help && help.open)) return;
      const focus = document.activeElement;
      if (focus.matches("input, select, textarea")) return;
      const row = focus.closest && focus.closest(".story, .hit-entry");
      const move = (by) => {
        if (!rows.length) return;
        const next = rows[Math.min(Math.max(rows.indexOf(row) + by, 0), rows.length - 1)];
        next.focus();
        next.scrollIntoView({ block: "nearest" });
      };
      const keys = {
        j: () => move(1), k: () => move(-1),
        "/": () => { const field = $("filter") || $("seek"); if (field) { field.focus(); field.select(); } },
        "?": () => { if (help) help.showModal(); },
      };
      if (row && focus === row) {
        keys.Enter = () => row.querySelector("h2 a, .found a").click();
        const pick = row.querySelector(".pick input");
        if (pick) keys.x = () => { pick.click(); };
      }
      if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
    });
  }

  for (const busy of all("[data-reload]")) setTimeout(() => location.reload(), Number(busy.dataset.reload));

  // ---- merging ------------------------------------------------------------------------------------

  const choose = $("choose");
  if (choose && choose.querySelector(".chosen")) {
    const bar = choose.querySelector(".chosen"), button = bar.querySelector("button"), hint = bar.querySelector(".hint");
    const count = () => {
      const chosen = all(".pick input:checked", choose).length;
      button.disabled = chosen < 2;
      bar.classList.toggle("some", chosen > 0);
      hint.textContent = chosen ? `${chosen} chosen` : "Two or more that tell one event.";
    };
    choose.addEventListener("change", count);
    count();
  }

  // ---- correcting in place ------------------------------------------------------------------------

  async function correct(link, place) {
    const open = place.querySelector(":scope > .corrections");
    if (open) { open.remove(); return; }
    for (const other of all(".entry .corrections, .report .corrections")) other.remove();
    try {
      const answer = await fetch(link.href + "?bare=1", { credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.status);
      const made = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".corrections");
      const form = document.adoptNode(made);
      place.append(form);
      form.scrollIntoView({ block: form.offsetHeight > innerHeight * 0.7 ? "start" : "nearest" });
      const first = form.querySelector("input:not([type=hidden]), select, button");
      if (first) first.focus({ preventScroll: true });
      form.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        form.remove();
        const entry = place.closest(".entry");
        if (entry) entry.focus();
        else link.focus();
      });
      form.addEventListener("click", (event) => event.stopPropagation());
    } catch {
      location.assign(link.href);
    }
  }
  document.addEventListener("variorum:correct", (event) => {
    const link = event.detail.querySelector("a.correct");
    if (link) correct(link, link.closest(".apparatus"));
    else tell("This entry takes no correction");
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest(".report a.correct");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    correct(link, link.closest("header"));
  });

  // ---- adding -------------------------------------------------------------------------------------

  const another = $("another");
  if (another) {
    another.hidden = false;
    another.addEventListener("click", () => {
      const pastes = $("pastes"), last = all(".paste", pastes).pop(), made = last.cloneNode(true);
      const n = all(".paste", pastes).length;
      for (const field of all("input, textarea", made)) { field.value = ""; field.removeAttribute("value"); }
      made.querySelector("legend").textContent = "Report " + (n + 1);
      const area = made.querySelector("textarea"), label = made.querySelector("label");
      area.textContent = "";
      area.id = "text-" + n;
      label.htmlFor = area.id;
      last.after(made);
      area.focus();
    });
  }
  const drop = $("drop");
  if (drop) {
    const field = drop.querySelector("input"), list = $("dropped");
    const show = () => list.replaceChildren(...Array.from(field.files).map((file) => Object.assign(document.createElement("li"), { textContent: file.name })));
    field.addEventListener("change", show);
    for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
    for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => { event.preventDefault(); field.files = event.dataTransfer.files; show(); });
  }
  const job = $("job");
  if (job && job.dataset.poll) {
    const poll = async () => {
      try {
        const answer = await fetch(job.dataset.poll, { credentials: "same-origin" });
        if (!answer.ok) throw new Error(answer.status);
        const made = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".job");
        if (["done", "failed", "stopped"].includes(made.dataset.state)) return location.reload();
        job.replaceChildren(document.adoptNode(made));
      } catch {
        tell("The server does not answer; trying again");
      }
      setTimeout(poll, 700);
    };
    setTimeout(poll, 400);
  }
})();
