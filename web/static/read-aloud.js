// Reads a page aloud with the voices of the device: those that a browser borrows from a server would hear a household's answers, and are
// left out. The button is made only where there is a voice for the language of the page; without this file the page lacks nothing else.
"use strict";
(() => {
  const speech = window.speechSynthesis;
  const mould = document.getElementById("lire");
  if (!speech || !mould || !window.SpeechSynthesisUtterance) return;

  // A voice for a language tag: one of its region or script first, then any of the language.
  const regions = { zh: "zh-cn", pt: "pt-pt", fr: "fr-fr", en: "en-gb" };
  const base = (tag) => tag.toLowerCase().split(/[-_]/)[0];
  const voiceOf = (tag) => {
    const ours = speech.getVoices().filter((v) => v.localService && base(v.lang) === base(tag));
    return ours.find((v) => v.lang.toLowerCase().replace("_", "-") === regions[base(tag)]) || ours[0];
  };

  // What is read, block by block: the words in sight, without those of buttons and of what repeats the page in another language.
  const blocks = "h1,h2,h3,p,li,label,dt,dd,option,summary,legend,th,td";
  const silent = "button,.btn,.link,svg,script,template,nav,.vh,[aria-hidden=true],[data-silent]";
  const inSight = (e) => (e.checkVisibility ? e.checkVisibility() : e.tagName === "OPTION" || e.getClientRects().length > 0);
  const collect = () => {
    const said = [];
    const walk = document.createTreeWalker(document.getElementById("contenu"), NodeFilter.SHOW_TEXT);
    let last = null;
    for (let n = walk.nextNode(); n; n = walk.nextNode()) {
      const text = n.data.replace(/\s+/g, " ").trim();
      const e = n.parentElement;
      if (!text || e.closest(silent) || !inSight(e.closest("select") || e)) continue;
      const block = e.closest(blocks) || e;
      const lang = e.closest("[lang]").lang;
      // Acronyms are French whatever the language around them.
      for (const part of text.split(/(\b[A-Z][A-Z0-9]+\b)/)) {
        if (!/[\p{L}\p{N}]/u.test(part)) continue;
        const tag = /^[A-Z][A-Z0-9]+$/.test(part) ? "fr" : lang;
        const before = said[said.length - 1];
        if (before && block === last && base(before.lang) === base(tag)) before.text += (e.matches(".hint") ? ", " : " ") + part.trim();
        else said.push({ text: part.trim(), lang: tag });
        last = block;
      }
    }
    return said;
  };

  let button = null;
  let turn = 0; // of reading: a voice that ends late says nothing about the one after it
  const show = (state) => {
    button.querySelector("span").textContent = mould.dataset[state];
    button.dataset.state = state;
  };
  const stop = (state) => {
    turn++;
    speech.cancel();
    show(state);
  };
  const read = () => {
    stop("stop");
    const mine = turn;
    const said = collect();
    const next = (i) => {
      if (mine !== turn) return;
      if (i === said.length) return show("again");
      const u = new SpeechSynthesisUtterance(said[i].text);
      const voice = voiceOf(said[i].lang) || voiceOf(document.documentElement.lang);
      u.voice = voice;
      u.lang = voice.lang;
      u.rate = 0.9;
      u.onend = () => next(i + 1);
      u.onerror = () => mine === turn && stop("again");
      speech.speak(u);
    };
    next(0);
  };

  const offer = () => {
    if (button || !voiceOf(document.documentElement.lang)) return;
    button = mould.content.firstElementChild.cloneNode(true);
    button.addEventListener("click", () => (button.dataset.state === "stop" ? stop("again") : read()));
    mould.after(button);
    show("start");
  };
  offer();
  speech.addEventListener("voiceschanged", offer); // some browsers learn of their voices late
  addEventListener("pagehide", () => speech.cancel());
})();
