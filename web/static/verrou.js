// A desk that its agent has left hides what is on it: after a while without a key or a pointer the page goes to its own lock button,
// and the server keeps it, sealed, for the password. Without this script the server locks all the same, at the next request.
(() => {
  const button = document.querySelector('[data-verrou]');
  if (!button) return;
  const after = Number(button.dataset.verrou) * 1000;
  let last = Date.now();
  for (const sign of ['keydown', 'pointerdown', 'wheel', 'touchstart']) {
    addEventListener(sign, () => { last = Date.now(); }, { passive: true, capture: true });
  }
  // a clock, not a timer of ten minutes: a computer that slept is late
  const watch = setInterval(() => {
    if (Date.now() - last < after) return;
    clearInterval(watch);
    button.click();
  }, Math.min(5000, after / 4));
})();
