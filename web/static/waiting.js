// Says that the next page is on its way when it is slow to come, and sends a form once however often its button is pressed. Without this
// file the browser shows that it waits.
"use strict";
(() => {
  const soon = 500; // ms of waiting before it is worth a word
  const late = 10000; // ms after which the answer may be lost, and the form may be sent again

  const note = document.getElementById("attente");
  const form = note && document.getElementById(note.dataset.form);
  if (!form) return;

  let timers = [];
  let pressed = null;
  const rest = (words) => {
    timers.forEach(clearTimeout);
    timers = [];
    pressed?.removeAttribute("aria-disabled");
    pressed = null;
    note.textContent = words;
  };

  form.addEventListener("submit", (e) => {
    if (timers.length) return e.preventDefault();
    note.textContent = "";
    pressed = e.submitter; // it is not disabled: what it says would not be sent
    pressed?.setAttribute("aria-disabled", "true");
    timers = [setTimeout(() => (note.textContent = note.dataset.soon), soon), setTimeout(() => rest(note.dataset.late), late)];
  });
  addEventListener("pageshow", () => rest("")); // shown again by Back
})();
