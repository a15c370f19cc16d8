// The table at the meeting: the sum runs along, a line ticks itself when something is typed, Enter goes to the next
// member. The page works without this file: «Add up» does the same.
"use strict";

(() => {
  const form = document.querySelector("form[data-collection]");
  const rows = [...form.querySelectorAll("tr[data-row]")];
  const amount = (text) => Number(text.replace(/\D/g, ""));
  const rupiah = (number) => `Rp\u00a0${number.toLocaleString("id-ID")}`;
  const tick = (row) => row.querySelector("input[type=checkbox]");
  const given = (row) => row.querySelector("input[name^=given_]");

  const addUp = () => {
    let count = 0, cash = 0, total = 0;
    for (const row of rows) {
      row.classList.toggle("taken", tick(row).checked);
      if (!tick(row).checked) continue;
      const sum = amount(given(row).value);
      count += 1;
      total += sum;
      if (row.querySelector("select[name^=by_]").value === "cash") cash += sum;
    }
    form.querySelector("[data-sum=count]").textContent = count;
    form.querySelector("[data-sum=cash]").textContent = rupiah(cash);
    form.querySelector("[data-sum=total]").textContent = rupiah(total);
    form.elements.seen.value = total;
  };

  // Where the money goes is asked of the house, which knows the rules.
  const divide = async (row) => {
    const typed = new URLSearchParams();
    for (const field of row.querySelectorAll("input, select")) {
      if (field.type !== "checkbox" || field.checked) typed.append(field.name, field.value);
    }
    const answer = await fetch(form.dataset.collection.replace("/0/", `/${row.dataset.row}/`), {
      method: "POST", body: typed, headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    }).catch(() => null);
    if (answer?.ok) row.querySelector("[data-said]").textContent = (await answer.text()) || "…";
  };

  form.addEventListener("input", (event) => {
    const row = event.target.closest("tr[data-row]");
    if (row && event.target.type !== "checkbox") tick(row).checked = true;
    addUp();
  });
  form.addEventListener("change", (event) => {
    const row = event.target.closest("tr[data-row]");
    if (row && event.target.type !== "checkbox") divide(row);
    addUp();
  });
  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("tr[data-row]");
    if (event.key !== "Enter" || !row || !event.target.name?.startsWith("given_")) return;
    event.preventDefault();
    event.stopPropagation();
    tick(row).checked = true;
    addUp();
    const next = rows[rows.indexOf(row) + 1];
    (next ? given(next) : form.querySelector("button[name=post]")).focus();
  });
  addUp();
})();
