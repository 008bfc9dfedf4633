// The entry grid: arrows and Enter move, Esc takes a cell back, a block from a spreadsheet is pasted over the cells.
// Without this file every cell can still be typed, and all are saved by the same button.
(() => {
  "use strict";

  const form = document.querySelector("form[data-grid]");
  if (!form) return;
  const said = form.querySelector("[data-grid-said]");
  const fieldsOf = (row) => [...row.querySelectorAll("td input, td select")];
  const isGoal = (field) => field.classList.contains("goal");
  const initial = (field) =>
    field.tagName === "SELECT"
      ? ([...field.options].find((option) => option.defaultSelected) || field.options[0]).value
      : field.defaultValue;

  function mark(field) {
    const cell = field.closest("td");
    const changed = [...cell.querySelectorAll("input, select")].some((one) => one.value !== initial(one));
    cell.classList.toggle("changed", changed);
  }

  function go(field) {
    if (!field) return false;
    field.focus();
    if (field.select) field.select();
    field.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  }

  // The field in the same column so many rows further, over the headings of the next category where one ends.
  function vertical(field, step) {
    const rows = [...field.closest("tbody").rows];
    const row = field.closest("tr");
    const target = rows[rows.indexOf(row) + step];
    return target && fieldsOf(target)[fieldsOf(row).indexOf(field)];
  }

  function horizontal(field, step) {
    const fields = fieldsOf(field.closest("tr"));
    return fields[fields.indexOf(field) + step];
  }

  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.closest(".entry-grid") || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const isSelect = field.tagName === "SELECT";
    const atStart = isSelect || (field.selectionStart === 0 && field.selectionEnd === 0) || wholeSelected(field);
    const atEnd = isSelect || field.selectionStart === field.value.length || wholeSelected(field);
    let to = null;
    if (event.key === "Enter") to = vertical(field, event.shiftKey ? -1 : 1);
    else if (event.key === "ArrowDown" && !isSelect) to = vertical(field, 1);
    else if (event.key === "ArrowUp" && !isSelect) to = vertical(field, -1);
    else if (event.key === "ArrowLeft" && atStart) to = horizontal(field, -1);
    else if (event.key === "ArrowRight" && atEnd) to = horizontal(field, 1);
    else if (event.key === "Escape") {
      field.value = initial(field);
      mark(field);
    } else return;
    event.preventDefault(); // Enter must not send the form by mistake
    go(to);
  });

  function wholeSelected(field) {
    return field.value !== "" && field.selectionStart === 0 && field.selectionEnd === field.value.length;
  }

  function put(field, text) {
    const value = text.trim();
    if (field.tagName === "SELECT") {
      if (![...field.options].some((option) => option.value === value)) field.add(new Option(value, value));
    }
    field.value = value;
    mark(field);
  }

  // Cells of a copied block; a cell with a line feed inside stands in quotation marks.
  function blockOf(text) {
    const rows = [[]];
    let cell = "";
    let quoted = false;
    const clean = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    for (let at = 0; at < clean.length; at += 1) {
      const sign = clean[at];
      if (quoted) {
        if (sign === '"' && clean[at + 1] === '"') {
          cell += '"';
          at += 1;
        } else if (sign === '"') quoted = false;
        else cell += sign === "\n" ? " " : sign;
      } else if (sign === '"' && cell === "") quoted = true;
      else if (sign === "\t") {
        rows[rows.length - 1].push(cell);
        cell = "";
      } else if (sign === "\n") {
        rows[rows.length - 1].push(cell);
        rows.push([]);
        cell = "";
      } else cell += sign;
    }
    rows[rows.length - 1].push(cell);
    return rows;
  }

  form.addEventListener("paste", (event) => {
    const field = event.target;
    const text = event.clipboardData.getData("text/plain");
    if (!field.closest(".entry-grid") || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    const rows = [...field.closest("tbody").rows];
    const alike = (row) => fieldsOf(row).filter((one) => isGoal(one) === isGoal(field));
    const top = rows.indexOf(field.closest("tr"));
    const left = alike(rows[top]).indexOf(field);
    let done = 0;
    let outside = 0;
    blockOf(text).forEach((cells, down) => {
      const targets = rows[top + down] ? alike(rows[top + down]) : [];
      cells.forEach((value, across) => {
        const target = targets[left + across];
        if (target) {
          put(target, value);
          done += 1;
        } else if (value.trim() !== "") outside += 1;
      });
    });
    form.dataset.changed = "yes";
    said.textContent = `${form.dataset.pasted}: ${done}` + (outside ? ` · ${form.dataset.outside}: ${outside}` : "");
  });

  form.addEventListener("input", (event) => {
    if (event.target.closest(".entry-grid")) mark(event.target);
  });
  form.addEventListener("focusin", (event) => {
    if (event.target.closest(".entry-grid") && event.target.select) event.target.select();
  });
})();
