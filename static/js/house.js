// Comforts for people who type much. Every page works without this file.
"use strict";

// An amount selects itself when it is entered, so that typing replaces it.
document.addEventListener("focusin", (event) => {
  if (event.target.matches("input[data-amount]")) event.target.select();
});

// In a form with amounts Enter moves to the next field; in the last one it sends the form.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input:not([type=checkbox]):not([type=radio])")) return;
  if (!event.target.form?.querySelector("input[data-amount]")) return;
  const inputs = [...event.target.form.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((input) => !input.disabled);
  const next = inputs[inputs.indexOf(event.target) + 1];
  if (!next) return;
  event.preventDefault();
  next.focus();
});

// A panel closes with Escape, or when something outside it is touched.
const closePanels = (except) => {
  for (const panel of document.querySelectorAll("details[data-panel][open]")) if (panel !== except) panel.open = false;
};
document.addEventListener("click", (event) => closePanels(event.target.closest("details[data-panel]")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const panel = document.querySelector("details[data-panel][open]");
  if (panel) { panel.open = false; panel.querySelector("summary").focus(); }
});

// On a phone the tabs of a place are wider than the screen: begin where one is.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// "/" or Ctrl-K goes to the search box, from anywhere but a field that is being typed into.
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, select, textarea, [contenteditable]");
  if (!(event.key === "/" && !typing) && !(event.key === "k" && (event.ctrlKey || event.metaKey))) return;
  const boxes = [...document.querySelectorAll("[data-search]")];
  const box = boxes.find((each) => each.offsetParent);
  const link = document.querySelector(".band-find");
  if (!box && !link) return;
  event.preventDefault();
  if (box) box.select(); else link.click();
});
