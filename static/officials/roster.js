// The roster: lean addresses, the batch bar. Without this script everything works, with longer addresses.
(() => {
  "use strict";

  // Fields that ask nothing stay out of the address.
  document.addEventListener("formdata", (event) => {
    if (!event.target.matches("form[data-lean]")) return;
    for (const [name, value] of [...event.formData.entries()]) {
      if (value === "" || (name === "groups" && value === "1")) event.formData.delete(name);
      else if (name.endsWith("-within") && value === "all") event.formData.delete(name);
      else if (name === "between" && value === "any") event.formData.delete(name);
    }
  });
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.detail.elt.matches("form[data-lean]")) return;
    for (const name of Object.keys(event.detail.parameters)) {
      if (event.detail.parameters[name] === "") delete event.detail.parameters[name];
    }
  });

  function count() {
    document.querySelectorAll("[data-batch]").forEach((bar) => {
      const chosen = document.querySelectorAll(`input[name="${bar.dataset.batch}"]:checked`);
      bar.classList.toggle("batch-open", chosen.length > 0);
      bar.querySelector("[data-batch-count]").textContent = String(chosen.length);
      bar.querySelectorAll("[hidden], .batch-count").forEach((part) => (part.hidden = chosen.length === 0));
      bar.querySelectorAll("[data-least]").forEach((button) => {
        button.disabled = chosen.length < Number(button.dataset.least) || chosen.length > Number(button.dataset.most || 1e6);
      });
      document.querySelectorAll(`input[name="${bar.dataset.batch}"]`).forEach((box) => {
        const row = box.closest("tr, li");
        if (row) row.classList.toggle("chosen", box.checked);
      });
    });
  }
  document.addEventListener("change", count);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-select-all]")) count();
  });
  document.addEventListener("htmx:load", count);
  window.addEventListener("pageshow", count); // on the way back the browser ticks the boxes again, after this script ran
  count();
})();
