// Dragging wishes by their number. The buttons do the same without this file.
document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest(".wish .rank");
  if (!grip || event.button !== 0) return;
  const held = grip.closest(".wish");
  const list = held.parentElement;
  const before = [...list.children];
  event.preventDefault();
  held.classList.add("held");
  const move = (moved) => {
    const over = [...list.children].find((each) => each !== held && moved.clientY < each.getBoundingClientRect().top + each.offsetHeight / 2);
    list.insertBefore(held, over || null);
  };
  const drop = () => {
    document.removeEventListener("pointermove", move);
    document.removeEventListener("pointerup", drop);
    document.removeEventListener("pointercancel", drop);
    held.classList.remove("held");
    const form = list.closest("form");
    if (form && [...list.children].some((each, place) => each !== before[place])) form.requestSubmit(form.querySelector("button[name=stay]"));
  };
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", drop);
});

// After a button moved a wish, the keyboard stays where the hand was: on the same wish, or on what comes next.
let pressed = "";
document.addEventListener("click", (event) => {
  const button = event.target.closest("#wishes-form button[name=do]");
  if (button) pressed = button.value;
});
document.addEventListener("htmx:afterSettle", () => {
  const [action, key] = pressed.split(":");
  pressed = "";
  if (!action || (document.activeElement && document.activeElement !== document.body && !document.activeElement.disabled)) return;
  const usable = (id) => document.querySelector(`#${id}:not(:disabled)`);
  const next = action === "up" ? usable(`up-${key}`) || usable(`down-${key}`) : action === "down" ? usable(`down-${key}`) || usable(`up-${key}`) : null;
  (next || document.querySelector("#wishes-form button[name=do]:not(:disabled)") || document.getElementById("main")).focus();
});
