// The scheme editor: rows are added, moved and removed in place, the sum of the weights follows the typing.
// Without this script the same buttons ask the server. No words here: they stand in the page.
(() => {
  "use strict";

  const form = document.querySelector("form[data-scheme]");
  if (!form) return;
  const table = form.querySelector(".scheme-table");
  const PLACES = 5;

  // Exact: a weight is a whole number of 1/100000, so 0.1 + 0.2 is 0.3.
  function units(text) {
    const found = /^\s*(\d{1,4})(?:\.(\d{0,5})0*)?\s*$/.exec(text);
    if (!found) return null;
    return BigInt(found[1]) * 100000n + BigInt((found[2] || "").padEnd(PLACES, "0"));
  }

  function shown(value) {
    const whole = value / 100000n;
    const rest = String(value % 100000n).padStart(PLACES, "0").replace(/0+$/, "");
    return rest ? `${whole}.${rest}` : String(whole);
  }

  function show(name, visible) {
    form.querySelectorAll(`[data-weight-${name}]`).forEach((element) => (element.hidden = !visible));
  }

  function sum() {
    const weights = [...table.querySelectorAll("input[data-weight]")].map((input) => units(input.value));
    const wrong = weights.includes(null);
    const total = weights.reduce((all, weight) => all + (weight || 0n), 0n);
    const difference = total - 10000000n;
    form.querySelector("[data-weight-sum]").textContent = shown(total);
    form.querySelectorAll("[data-weight-difference]").forEach((place) => {
      place.textContent = shown(difference < 0n ? -difference : difference);
    });
    show("wrong", wrong);
    show("whole", !wrong && difference === 0n);
    show("missing", !wrong && difference < 0n);
    show("over", !wrong && difference > 0n);
  }

  const rows = () => [...table.querySelectorAll("tbody[data-row]")];

  function number() {
    rows().forEach((row, place) => {
      row.querySelector("[data-row-number]").textContent = String(place + 1);
      row.querySelector("[data-row-up]").disabled = place === 0;
      row.querySelector("[data-row-down]").disabled = place === rows().length - 1;
    });
    const none = form.querySelector("[data-row-none]");
    if (none) none.hidden = rows().length > 0;
  }

  function fitMethod(row) {
    const method = row.querySelector("[data-method]").value;
    row.querySelectorAll("[data-methods]").forEach((field) => {
      field.hidden = field.dataset.methods !== "" && !field.dataset.methods.split(" ").includes(method);
    });
  }

  function add() {
    const taken = rows().map((row) => Number(row.id.replace("row-r", "")));
    const prefix = `r${Math.max(-1, ...taken) + 1}`;
    const copy = form.querySelector("[data-row-template]").content.cloneNode(true).firstElementChild;
    const last = rows().at(-1);
    const html = copy.outerHTML.replaceAll("__n__", prefix);
    table.insertAdjacentHTML("beforeend", html);
    const row = rows().at(-1);
    if (last) row.querySelector("[name$='-group']").value = last.querySelector("[name$='-group']").value;
    fitMethod(row);
    if (window.htmx) window.htmx.process(row);
    row.querySelector("[name$='-code']").focus();
  }

  function changed() {
    form.dataset.changed = "yes";
    number();
    sum();
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const row = button.closest("tbody[data-row]");
    if (button.matches("[data-row-add]")) add();
    else if (button.matches("[data-row-up]") && row.previousElementSibling.matches("tbody")) {
      row.previousElementSibling.before(row);
      button.focus();
    } else if (button.matches("[data-row-down]") && row.nextElementSibling) {
      row.nextElementSibling.after(row);
      button.focus();
    } else if (button.matches("[data-row-drop]")) {
      const next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      const place = next && next.querySelector("[data-row-drop]");
      (place || form.querySelector("[data-row-add]")).focus();
    } else return;
    event.preventDefault();
    changed();
  });
  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-weight]")) sum();
  });
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-method]")) fitMethod(event.target.closest("tbody"));
  });

  number();
  sum();
})();
