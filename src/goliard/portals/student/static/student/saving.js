// What could not be saved stays in the form: say so, try again by itself, and ask before the page is left.
const form = document.getElementById("writing");
const line = document.getElementById("saved");
let written = 0; // changes so far
let sent = 0; // those that the last request carried
let kept = 0; // those that are saved
let again = 0;

const tryLater = () => {
  clearTimeout(again);
  again = setTimeout(() => window.htmx.trigger(form, "change"), 10000);
};

const failed = () => {
  line.replaceChildren(document.getElementById("unsaved").content.cloneNode(true));
  tryLater();
};

if (form && line) {
  form.addEventListener("input", () => { written += 1; });
  form.addEventListener("submit", () => { kept = written; });
  form.addEventListener("htmx:beforeRequest", () => { sent = written; });
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) form.addEventListener(name, failed);
  line.addEventListener("htmx:afterSwap", () => {
    clearTimeout(again);
    if (line.querySelector("[data-again]")) tryLater();
    else if (!line.querySelector("[role=alert]")) kept = sent;
  });
  window.addEventListener("beforeunload", (event) => { if (kept < written) event.preventDefault(); });
}
