// Looks again when something has changed. The pages are complete without it.
(() => {
  "use strict";
  const shown = document.body.dataset.state;
  if (shown === undefined || !("EventSource" in window)) return;
  const events = new EventSource(document.body.dataset.events);
  events.addEventListener("state", (event) => {
    if (event.data === shown) return;
    events.close();
    const begun = [...document.querySelectorAll("input[type=text]")].some((field) => field.value !== field.defaultValue);
    // What somebody is writing is not taken from them.
    if (begun) document.getElementById("changed").hidden = false;
    else location.replace(location.pathname);
  });
})();
