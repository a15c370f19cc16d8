// What was typed survives a lost connection: forms with data-draft are kept on this telephone until they went through.
// Every page works without this file. Kept are only the fields people type into, per person and form: no hidden
// fields, hence no one-time tokens, no passwords, no files. Logging out throws all of it away.
"use strict";

(() => {
  const { user, draftRestored, draftSent, draftDiscard } = document.body.dataset;
  const PREFIX = "draft:", WEEK = 7 * 24 * 3600 * 1000;
  const SKIPPED = ["hidden", "password", "file", "submit", "button", "reset"];
  let store;
  try { store = window.localStorage; store.getItem(PREFIX); } catch { return; }

  const keys = () => Object.keys(store).filter((key) => key.startsWith(PREFIX));
  const keyOf = (form) => `${PREFIX}${user}:${form.dataset.draft}`;
  const read = (key) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };
  const write = (key, draft) => { try { store.setItem(key, JSON.stringify(draft)); } catch { /* the telephone is full */ } };
  const fields = (form) => [...form.elements].filter((field) => field.name && !SKIPPED.includes(field.type));
  const isTicked = (field) => field.type === "checkbox" || field.type === "radio";

  const valuesOf = (form) => fields(form).map((field) => [field.name, isTicked(field) ? [field.value, field.checked] : field.value]);
  const keep = (form, more) => write(keyOf(form), { at: Date.now(), values: valuesOf(form), ...more });

  const fill = (form, values) => {
    let changed = false;
    for (const [name, value] of values) {
      for (const field of fields(form).filter((one) => one.name === name)) {
        if (isTicked(field)) {
          if (field.value !== value[0] || field.checked === value[1]) continue;
          field.checked = value[1];
        } else {
          if (field.value === value) continue;
          field.value = value;
        }
        changed = true;
        const folded = field.closest("details");
        if (folded && field.value) folded.open = true;
      }
    }
    return changed;
  };

  const tell = (form, draft) => {
    const notice = document.createElement("p"), words = document.createElement("span"), button = document.createElement("button");
    notice.className = draft.sent ? "notice amber" : "notice";
    notice.setAttribute("role", "status");
    words.textContent = `${draft.sent ? draftSent : draftRestored} `;
    button.type = "button";
    button.className = "button small";
    button.textContent = draftDiscard;
    button.addEventListener("click", () => { store.removeItem(keyOf(form)); form.reset(); notice.remove(); });
    words.append(button);
    notice.append(words);
    form.before(notice);
  };

  document.addEventListener("submit", (event) => {
    if (event.target.hasAttribute("data-forget-drafts")) keys().forEach((key) => store.removeItem(key));
  });
  if (!user) return;

  // Nobody finds what a neighbour typed on the same telephone, and nothing is kept for ever.
  for (const key of keys()) {
    const draft = read(key);
    if (!key.startsWith(`${PREFIX}${user}:`) || !draft || Date.now() - draft.at > WEEK) store.removeItem(key);
  }

  const forms = [...document.querySelectorAll("form[data-draft]")];
  const here = forms.map(keyOf);
  // Another page has come and says that it is done: what was sent went through.
  const done = document.querySelector(".messages .leaf") !== null;
  for (const key of keys()) if (done && read(key)?.sent && !here.includes(key)) store.removeItem(key);

  for (const form of forms) {
    const draft = read(keyOf(form));
    if ("bound" in form.dataset) keep(form);
    else if (draft && fill(form, draft.values)) tell(form, draft);
    form.addEventListener("input", () => keep(form));
    form.addEventListener("change", () => keep(form));
    form.addEventListener("submit", () => keep(form, { sent: true }));
  }
})();
