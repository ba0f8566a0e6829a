"use strict";
// Keys that are pressed while the page still loads are kept, and given to its scripts once they have run.
(() => {
  const kept = [];
  const keep = (event) => {
    if (event.target.closest?.("input, select, textarea")) return;
    kept.push(event);
    event.stopImmediatePropagation();
  };
  document.addEventListener("keydown", keep, true);
  document.addEventListener("variorum:ready", () => {
    document.removeEventListener("keydown", keep, true);
    for (const event of kept) (document.activeElement || document.body).dispatchEvent(new KeyboardEvent("keydown", event));
  }, { once: true });
})();
