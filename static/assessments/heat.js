// Fields of the heat map: one is in the tab order, arrows move, and what a field says stands above the table.
(() => {
  "use strict";

  const tableOf = (element) => element instanceof Element && element.closest("table[data-cells]");
  const cellsOf = (row) => [...row.querySelectorAll("td[title]")];

  function prepare() {
    document.querySelectorAll("table[data-cells]").forEach((table) => {
      const first = table.querySelector("td[title]");
      if (first && !table.querySelector("td[title][tabindex='0']")) first.tabIndex = 0;
    });
  }

  function tell(cell) {
    const place = document.getElementById(tableOf(cell).dataset.cells);
    if (place) place.textContent = cell.title;
  }

  function move(cell, key) {
    const row = cell.parentElement;
    const rows = [...row.parentElement.rows];
    const cells = cellsOf(row);
    const across = cells.indexOf(cell);
    const down = rows.indexOf(row);
    const target = {
      ArrowLeft: () => cells[across - 1],
      ArrowRight: () => cells[across + 1],
      ArrowUp: () => rows[down - 1] && cellsOf(rows[down - 1])[across],
      ArrowDown: () => rows[down + 1] && cellsOf(rows[down + 1])[across],
      Home: () => cells[0],
      End: () => cells[cells.length - 1],
    }[key];
    return target ? target() || cell : null;
  }

  document.addEventListener("keydown", (event) => {
    const cell = event.target instanceof Element && event.target.closest("td[title]");
    if (!cell || !tableOf(cell) || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = move(cell, event.key);
    if (!to) return;
    event.preventDefault();
    to.focus();
    to.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  document.addEventListener("focusin", (event) => {
    const cell = event.target instanceof Element && event.target.closest("td[title]");
    if (!cell || !tableOf(cell)) return;
    tableOf(cell).querySelectorAll("td[tabindex='0']").forEach((other) => (other.tabIndex = -1));
    cell.tabIndex = 0;
    tell(cell);
  });
  document.addEventListener("mouseover", (event) => {
    const cell = event.target instanceof Element && event.target.closest("td[title]");
    if (cell && tableOf(cell)) tell(cell);
  });
  document.addEventListener("htmx:load", prepare);
  prepare();
})();
