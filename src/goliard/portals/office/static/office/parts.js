/* Adds rows to a table of parts. Without JavaScript the form offers one empty row, and after saving another. */
for (const fieldset of document.querySelectorAll("fieldset.parts")) {
  const total = fieldset.querySelector(`[name="${fieldset.dataset.prefix}-TOTAL_FORMS"]`);
  const template = fieldset.querySelector("template");
  const more = fieldset.querySelector("button.more");
  more.hidden = false;
  more.addEventListener("click", () => {
    const row = document.createElement("div");
    row.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
    const added = row.firstElementChild;
    more.before(added);
    total.value = Number(total.value) + 1;
    added.querySelector("input, select, textarea").focus();
  });
}
