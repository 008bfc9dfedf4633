// Small behaviours of every page. No framework, no words (those stand in the page), no inline handlers.
(() => {
  "use strict";

  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const typing = (element) =>
    element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);

  // --- navigation: folds and remembers itself in a cookie, so that the server sends the final shape ---
  function toggleNavigation(button) {
    const narrow = document.body.classList.toggle("nav-narrow");
    button.setAttribute("aria-expanded", String(!narrow));
    fitTables();
    document.cookie = `nav=${narrow ? "narrow" : "wide"};path=/;max-age=31536000;samesite=lax`;
  }

  // --- menus and explanations: native <details>, one open at a time ---
  const floating = "details.menu, details.explain";

  function closeFloating(except) {
    all(floating).forEach((details) => {
      if (details !== except && details.open) details.open = false;
    });
  }

  // A panel inside a scrolling table would be cut off: put it beside its button, in window coordinates.
  function placePanel(details) {
    const panel = one(".explain-panel", details);
    if (!panel || !details.open) return;
    const button = one("summary", details).getBoundingClientRect();
    if (button.bottom < 0 || button.top > window.innerHeight) {
      details.open = false;
      return;
    }
    panel.classList.add("placed");
    const width = panel.offsetWidth;
    const height = panel.offsetHeight;
    const left = Math.max(8, Math.min(button.left, window.innerWidth - width - 8));
    const below = button.bottom + 4;
    const top = below + height > window.innerHeight - 8 ? Math.max(8, button.top - height - 4) : below;
    panel.style.left = `${left}px`;
    panel.style.top = `${top}px`;
  }

  document.addEventListener(
    "toggle",
    (event) => {
      const details = event.target;
      if (!(details instanceof HTMLDetailsElement) || !details.matches(floating)) return;
      if (details.open) closeFloating(details);
      if (details.matches(".explain")) placePanel(details);
    },
    true,
  );
  document.addEventListener(
    "scroll",
    (event) => {
      if (event.target instanceof Element && event.target.closest(".explain-panel")) return;
      all("details.explain[open]").forEach(placePanel);
    },
    { capture: true, passive: true },
  );

  // --- confirmation: data-confirm on a form or its button; hx-confirm goes the same way ---
  function ask(text, source, word) {
    const dialog = one("#confirm-dialog");
    const yes = one("[data-confirm-yes]", dialog);
    one("#confirm-text", dialog).textContent = text;
    yes.textContent = word || yes.dataset.word;
    const destructive = source.classList.contains("btn-danger");
    yes.classList.toggle("btn-danger", destructive);
    yes.classList.toggle("btn-primary", !destructive);
    dialog.returnValue = "no";
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (form.method === "dialog") return;
    const source = button && button.dataset.confirm ? button : form;
    if (source.dataset.confirm && !form.dataset.confirmed) {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(source.dataset.confirm, button || form, source.dataset.confirmWord).then((agreed) => {
        if (!agreed) return;
        form.dataset.confirmed = "yes";
        form.requestSubmit(button || undefined);
        delete form.dataset.confirmed;
      });
      return;
    }
    if (form.method !== "post" || event.defaultPrevented || "download" in form.dataset) return;
    if (form.dataset.sent) {
      event.preventDefault(); // a second click on a slow page must not act twice
      return;
    }
    if (!form.closest("[hx-post]")) {
      form.dataset.sent = "yes";
      if (button) button.setAttribute("aria-busy", "true");
    }
  }, true);

  document.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(event.detail.question, event.detail.elt).then((agreed) => agreed && event.detail.issueRequest(true));
  });

  window.addEventListener("pageshow", () => {
    all("form[data-sent]").forEach((form) => delete form.dataset.sent);
    all("[aria-busy=true]").forEach((button) => button.removeAttribute("aria-busy"));
  });

  // --- forms that ask before changes are lost: data-guard ---
  document.addEventListener("input", (event) => {
    const form = event.target.closest && event.target.closest("form[data-guard]");
    if (form) form.dataset.changed = "yes";
  });
  window.addEventListener("beforeunload", (event) => {
    if (one("form[data-guard][data-changed]:not([data-sent])")) event.preventDefault();
  });

  // --- copying: data-copy names the element whose text goes to the clipboard, data-done what the button says then ---
  function copyText(button) {
    const source = one(button.dataset.copy);
    const text = source.innerText.trim();
    const say = () => {
      one("[data-word]", button).textContent = button.dataset.done;
      one("#announce").textContent = button.dataset.done;
    };
    if (navigator.clipboard) {
      navigator.clipboard.writeText(text).then(say, () => window.getSelection().selectAllChildren(source));
      return;
    }
    window.getSelection().selectAllChildren(source); // pages without https have no clipboard of the new kind
    if (document.execCommand("copy")) say();
  }

  // --- a list of several pages is printed as one: asked for anew as a whole, which prints itself ---
  function askWhole() {
    const address = new URL(window.location);
    address.searchParams.delete("page");
    address.searchParams.set("size", "all");
    address.searchParams.set("print", "1");
    window.location.assign(address);
  }
  window.addEventListener("load", () => {
    const address = new URL(window.location);
    if (address.searchParams.get("print") !== "1" || !one("[data-print-whole]")) return;
    address.searchParams.delete("print");
    window.history.replaceState(null, "", address);
    window.print();
  });

  // --- clicks ---
  document.addEventListener("click", (event) => {
    const target = event.target;
    if (!(target instanceof Element)) return;
    const toggle = target.closest("[data-nav-toggle]");
    if (toggle) toggleNavigation(toggle);
    const dismiss = target.closest("[data-dismiss]");
    if (dismiss) dismiss.closest(".message").remove();
    if (target.closest("[data-print]")) window.print();
    if (target.closest("[data-print-whole]")) askWhole();
    const copier = target.closest("[data-copy]");
    if (copier) copyText(copier);
    const choose = target.closest("[data-select-all]");
    if (choose) all(`input[name="${choose.dataset.selectAll}"]`).forEach((box) => (box.checked = choose.checked));
    if (!target.closest(floating)) closeFloating();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  });

  // --- tables: one row is in the tab order, arrows move ---
  const rowsOf = (table) => all("tbody > tr", table).filter((row) => !row.hidden);

  // A table as wide as its frame scrolls with the page; a wider one scrolls in itself, with its header and first columns.
  function fitTables() {
    all(".table-wrap").forEach((wrap) => {
      if (wrap.classList.contains("bounded")) return;
      wrap.classList.remove("fits");
      wrap.classList.toggle("fits", wrap.scrollWidth <= wrap.clientWidth + 1);
    });
  }
  let fitting = 0;
  window.addEventListener("resize", () => {
    cancelAnimationFrame(fitting);
    fitting = requestAnimationFrame(fitTables);
  });

  function prepareTables(root) {
    fitTables();
    all("table[data-keys]", root).forEach((table) => {
      const rows = rowsOf(table);
      rows.forEach((row) => {
        if (!row.hasAttribute("tabindex")) row.tabIndex = -1;
      });
      if (rows.length && !rows.some((row) => row.tabIndex === 0)) rows[0].tabIndex = 0;
    });
  }

  function focusRow(table, row) {
    rowsOf(table).forEach((other) => (other.tabIndex = other === row ? 0 : -1));
    row.focus();
    row.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function tableKey(event, row) {
    const table = row.closest("table[data-keys]");
    if (!table) return false;
    const rows = rowsOf(table);
    const at = rows.indexOf(row);
    const to = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined) {
      if (rows[to]) focusRow(table, rows[to]);
      return true;
    }
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const wrap = table.closest(".table-wrap");
      if (wrap) wrap.scrollBy({ left: event.key === "ArrowLeft" ? -160 : 160 });
      return Boolean(wrap);
    }
    if (event.key === "Enter") {
      const link = one("a[data-open]", row) || one("th a[href]", row) || one("a[href]", row);
      if (link) link.click();
      return Boolean(link);
    }
    if (event.key === " ") {
      const box = one("input[type=checkbox]", row);
      if (box) box.click();
      return Boolean(box);
    }
    return false;
  }

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !(target instanceof Element)) return;
    if (event.key === "Escape") {
      const open = all(floating).find((details) => details.open);
      if (open) {
        open.open = false;
        one("summary", open).focus();
      }
      return;
    }
    if (typing(target) || one("dialog[open]")) return;
    if (event.key === "?") {
      event.preventDefault();
      one("#keys-dialog").showModal();
    } else if (event.key === "/") {
      const search = one("[data-search]");
      if (search) {
        event.preventDefault();
        search.focus();
        search.select();
      }
    } else if (target.matches("tr") && tableKey(event, target)) {
      event.preventDefault();
    } else if (event.key === "j" && !target.closest("table[data-keys]")) {
      const row = one("main table[data-keys] tbody > tr[tabindex='0']");
      if (row) focusRow(row.closest("table"), row);
    }
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("table[data-keys] tbody > tr")) {
      rowsOf(event.target.closest("table")).forEach((row) => (row.tabIndex = row === event.target ? 0 : -1));
    }
  });

  // --- htmx: failures are said, a lost session leads to the sign-in page instead of into a table ---
  function say(template) {
    const source = one(template);
    const place = one("#messages");
    if (!source || !place) return;
    all("[data-failure]", place).forEach((old) => old.remove());
    const copy = source.content.cloneNode(true);
    copy.firstElementChild.dataset.failure = "yes";
    place.append(copy);
  }

  document.addEventListener("htmx:responseError", () => say("#failure-template"));
  document.addEventListener("htmx:sendError", () => say("#offline-template"));
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, elt } = event.detail;
    const wholePage = /^\s*<!doctype html/i.test(xhr.responseText);
    if (wholePage && !elt.closest("[hx-boost=true], [hx-select]")) {
      event.detail.shouldSwap = false;
      window.location.assign(xhr.responseURL || window.location.href);
    }
  });
  document.addEventListener("htmx:load", (event) => {
    prepareTables(event.detail.elt);
    all("details.explain[open]").forEach(placePanel);
  });

  prepareTables(document);
  const focus = one("[data-focus]");
  if (focus) focus.focus();
})();
