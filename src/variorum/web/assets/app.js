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

  const edition = document.querySelector("meta[name=edition]");
  document.addEventListener("variorum:changed", () => {
    if ($("changed")) return;
    const again = Object.assign(document.createElement("a"), { href: location.href.split("#")[0], textContent: "Load it again" });
    const line = document.createElement("p"), notice = Object.assign(document.createElement("div"), { id: "changed", className: "banner" });
    line.append("The record has changed since this page was made. ", again);
    notice.setAttribute("role", "alert");
    notice.append(line);
    document.querySelector(".top").after(notice);
  });
  async function correct(link, place) {
    const open = place.querySelector(":scope > .corrections");
    if (open) { open.remove(); return; }
    for (const other of all(".entry .corrections, .report .corrections")) other.remove();
    try {
      const answer = await fetch(link.href + "?bare=1" + (edition ? "&of=" + edition.content : ""), { credentials: "same-origin" });
      if (answer.status === 409) return document.dispatchEvent(new CustomEvent("variorum:changed"));
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

  // ---- sending ------------------------------------------------------------------------------------

  // A form that took thought is sent from here: whatever goes wrong, what was typed stays where it is.
  function complain(form, words, field) {
    for (const old of all(":scope > .fault", form)) old.remove();
    if (!words) return;
    const fault = document.createElement("p");
    fault.className = "fault";
    fault.setAttribute("role", "alert");
    fault.append(words);
    form.prepend(fault);
    fault.scrollIntoView({ block: "nearest" });
    const wrong = field && form.querySelector(`[name="${CSS.escape(field)}"]:not([type=hidden])`);
    if (wrong) wrong.focus({ preventScroll: true });
    return fault;
  }
  async function refusal(form, answer) {
    if (answer.status === 401) {
      const fault = complain(form, "You are signed out, and nothing was sent. ");
      return fault.append(Object.assign(document.createElement("a"), { href: "/sign-in", target: "_blank", rel: "noopener", textContent: "Sign in" }), " in another tab, then send this again.");
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const told = page.querySelector("main .fault, main .lead"), field = page.querySelector("[data-field]");
    complain(form, told ? told.textContent : "This was refused (" + answer.status + ").", field && field.dataset.field);
  }
  let unsent = false;
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-send]")) return;
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "yes";
    complain(form, null);
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) return await refusal(form, answer);
      unsent = false;
      location.assign((await answer.json()).to);
    } catch {
      complain(form, "The server does not answer. Nothing is lost: send it again in a while.");
    } finally {
      delete form.dataset.sending;
    }
  });
  for (const form of all("form.adding[data-send]")) form.addEventListener("input", () => { unsent = all("textarea", form).some((area) => area.value.trim()); });
  addEventListener("beforeunload", (event) => { if (unsent) event.preventDefault(); });

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
        const held = job.contains(document.activeElement);
        job.replaceChildren(document.adoptNode(made));
        if (held && job.querySelector("button")) job.querySelector("button").focus();
      } catch {
        tell("The server does not answer; trying again");
      }
      setTimeout(poll, 700);
    };
    setTimeout(poll, 400);
  }

  // Every script of the page has run: page.js, where there is one, stands before this one.
  document.documentElement.dataset.ready = "yes";
  document.dispatchEvent(new Event("variorum:ready"));
})();
