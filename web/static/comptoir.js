// The counter, without leaving the page: each answer sends the form, and the parts of the page that it changes take their new words.
// A control that is still the same one is never touched, so that nothing typed is lost and the focus stays. Without this file a button
// does the same.
(() => {
  "use strict";
  const form = document.getElementById("comptoir");
  if (!form || !window.fetch || !window.AbortController) return;

  const dataOf = (button) => {
    const data = new FormData(form);
    if (button && button.name) data.append(button.name, button.value);
    return new URLSearchParams(data).toString();
  };
  const answersOf = () => {
    const data = new FormData(form);
    data.delete("etat");
    data.delete("code"); // a scanner ends with Enter
    return new URLSearchParams(data).toString();
  };
  let sent = answersOf();
  let asked = null; // the request under way
  let flying = ""; // its answers
  let taking = false; // controls are being moved: they leave the page for an instant, and with them the focus

  // send asks for the page that follows from the form, and takes what is new in it.
  const send = async (button) => {
    if (asked) asked.abort();
    const mine = (asked = new AbortController());
    const answers = (flying = answersOf());
    const results = document.getElementById("resultats");
    results.classList.add("busy");
    try {
      const answer = await fetch(form.action, { method: "POST", body: dataOf(button), headers: { "Content-Type": "application/x-www-form-urlencoded" }, signal: mine.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine.signal.aborted) return;
      if (!page.getElementById("comptoir")) return leave(button); // a lock, a sign-in, an error: they are pages of their own
      const meanwhile = answersOf() !== answers; // something was typed while the answer came: it is sent when its field is left
      taking = true;
      take(page, button);
      taking = false;
      sent = meanwhile ? answers : answersOf();
    } catch (error) {
      if (error.name !== "AbortError") leave(button);
    } finally {
      if (asked === mine) {
        asked = null;
        flying = "";
        results.classList.remove("busy");
      }
    }
  };
  const leave = (button) => {
    leaving = true;
    form.requestSubmit(button && button.isConnected && button.name ? button : form.querySelector("button[value=maj]"));
  };
  let leaving = false;

  // answeredBy says which controls a button has answered, and not the agent's hand: they take what the new page says.
  const answeredBy = (button) => {
    const [, what, name] = (button && button.name === "vers" && button.value.match(/^(repondre|enfant):(.*?)(:[^:]*)?$/)) || [];
    if (what === "repondre") return (control) => control === name || control === name + ".nsp";
    return (control) => what === "enfant" && control.startsWith("enfants["); // the others move up
  };
  const settle = (settled) => {
    for (const now of settled) {
      const same = (e) => e.name === now.name && e.type === now.type && (now.type !== "radio" || e.value === now.value);
      const control = [...form.elements].find(same);
      if (control) [control.checked, control.value] = [now.checked, now.value];
    }
  };

  // take puts the new page into the one that is shown.
  const take = (page, button) => {
    const focus = remember();
    const answered = answeredBy(button);
    const settled = [...page.getElementById("lignes").querySelectorAll("input, select")].filter((e) => answered(e.name)).map(({ name, type, value, checked }) => ({ name, type, value, checked }));
    form.elements.etat.value = page.getElementById("comptoir").elements.etat.value;
    swap("avis", page);
    swap("prochaine", page);
    results(page);
    rows(page);
    settle(settled);
    document.getElementById("temps").textContent = page.getElementById("temps").textContent;
    document.title = page.title;
    document.getElementById("dit").textContent = document.getElementById("totaux").textContent.replace(/\s+/g, " ");
    const target = button && button.name === "vers" && button.value !== "maj" ? page.getElementById("comptoir").dataset.viser : "";
    aim(target, focus);
  };
  const swap = (id, page) => {
    const old = document.getElementById(id), fresh = page.getElementById(id);
    if (old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
  };

  // results keeps open what the agent had opened.
  const results = (page) => {
    const old = document.getElementById("resultats"), fresh = page.getElementById("resultats");
    for (const d of old.querySelectorAll("details[open]")) {
      const same = d.id && fresh.querySelector("#" + CSS.escape(d.id));
      if (same) same.open = true;
    }
    const top = old.scrollTop;
    old.replaceChildren(...fresh.childNodes);
    old.scrollTop = top;
  };

  // rows brings in the rows that came, takes out those that went, and leaves the controls of the others alone.
  const rows = (page) => {
    const box = document.getElementById("lignes"), fresh = page.getElementById("lignes");
    const shape = (root) => [...root.querySelectorAll("[data-forme], .bi, section")].map((e) => e.id + " " + (e.dataset.forme || "")).join("|");
    const same = shape(box) === shape(fresh);
    for (const row of fresh.querySelectorAll("[data-forme]")) {
      const old = document.getElementById(row.id);
      if (!old || old.dataset.forme !== row.dataset.forme) continue;
      const control = old.querySelector(".ctl"), field = control.querySelector(".with input"), fieldNow = row.querySelector(".ctl .with input");
      if (field && fieldNow) field.placeholder = fieldNow.placeholder;
      if (!same) {
        row.querySelector(".ctl").replaceWith(control);
        continue;
      }
      old.className = row.className;
      old.querySelector(".l").replaceChildren(...row.querySelector(".l").childNodes);
      const bad = old.querySelector(".bad"), now = row.querySelector(".bad");
      if (bad) bad.remove();
      if (now) old.append(now);
    }
    for (const row of [...(same ? box : fresh).querySelectorAll("[data-forme]")]) described(row);
    for (const d of box.querySelectorAll("details[open]")) {
      const other = fresh.querySelector("#" + CSS.escape(d.id));
      if (other) other.open = true;
    }
    if (!same) return box.replaceChildren(...fresh.childNodes);
    for (const d of fresh.querySelectorAll("details[open]")) document.getElementById(d.id).open = true;
    for (const title of fresh.querySelectorAll("h2")) document.getElementById(title.id).replaceChildren(...title.childNodes);
    box.querySelector("#brouillon")?.remove(); // it is of the language that was
    const draft = fresh.querySelector("#brouillon");
    if (draft) box.append(draft);
  };

  // described ties a control to the mistake beside it.
  const described = (row) => {
    const bad = row.querySelector(".bad");
    for (const e of row.querySelectorAll(".ctl input:not([type=radio],[type=checkbox]), .ctl select")) {
      if (bad) {
        e.setAttribute("aria-invalid", "true");
        e.setAttribute("aria-describedby", bad.id);
      } else {
        e.removeAttribute("aria-invalid");
        e.removeAttribute("aria-describedby");
      }
    }
  };

  // remember notes where the focus is, so that it can be found again by what it is on.
  const remember = () => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const part = e.closest("#prochaine, #resultats, #avis");
    const at = { element: e, id: e.id, name: e.name, value: e.type === "radio" ? e.value : null, part: part && part.id };
    if (e.matches("input:not([type=radio],[type=checkbox])")) [at.start, at.end] = [e.selectionStart, e.selectionEnd];
    return at;
  };
  const aim = (target, at) => {
    const to = target === "prochaine" ? document.querySelector("#prochaine #q-1, #prochaine #q-suite") || part("prochaine") : target && document.getElementById(target);
    if (to) return to.focus();
    if (!at || (at.element.isConnected && document.activeElement === at.element)) return;
    const found =
      (at.element.isConnected && at.element) ||
      (at.id && document.getElementById(at.id)) ||
      (at.name && [...form.querySelectorAll("[name='" + CSS.escape(at.name) + "']")].find((e) => at.value === null || e.value === at.value)) ||
      (at.part && part(at.part));
    if (!found) return part("resultats").focus();
    found.focus({ preventScroll: true });
    if (at.start !== undefined && found.setSelectionRange) found.setSelectionRange(at.start, at.end);
  };
  const part = (id) => {
    const e = document.getElementById(id);
    e.tabIndex = -1;
    return e;
  };

  const changed = (e) => {
    if (taking || e.target.id === "code") return;
    const answers = answersOf();
    if (answers !== sent && answers !== flying) send(null);
  };
  form.addEventListener("change", (e) => {
    const t = e.target, box = form.elements[t.name + ".nsp"];
    if (box && box.type === "checkbox" && t.value) box.checked = false; // a value takes the place of « ne sait pas »
    if (t.type === "checkbox" && t.checked && t.name.endsWith(".nsp")) {
      const field = form.elements[t.name.slice(0, -4)];
      if (field && "value" in field) field.value = "";
    }
    if (t.name.startsWith("prestations_percues.") && t.type === "radio" && t.value !== "oui") {
      const amount = form.elements[t.name + ".montant"];
      if (amount) amount.value = "";
    }
    changed(e);
  });
  form.addEventListener("focusout", changed);
  form.addEventListener("submit", (e) => {
    const button = e.submitter;
    if (leaving || (button && button.dataset.page !== undefined) || (button && button.name && button.name !== "vers") || form.elements.code.value.trim()) return;
    e.preventDefault();
    send(button);
  });
  // What the browser kept of a page that was left is not shown again.
  window.addEventListener("pageshow", (e) => {
    if (e.persisted) location.replace(form.action);
  });
})();
