"""What a page must offer to those who cannot see it or use no mouse: axe's rules, and the keyboard."""

from axe_playwright_python.sync_playwright import Axe

AXE = Axe()
SERIOUS = {"serious", "critical"}
RULES = {"resultTypes": ["violations"]}
KEPT = 2

# Every way from the root to an element, as tags, classes and roles: the page without its words and numbers.
STRUCTURE = """() => {
  const names = new Map([[document.documentElement, 'html']]);
  for (const element of document.body.querySelectorAll('*')) {
    const above = names.get(element.parentElement) || 'body';
    const own = [element.localName, element.getAttribute('class'), element.getAttribute('role'), element.type];
    names.set(element, `${above}>${own.filter(Boolean).join('.')}`);
  }
  return [...new Set(names.values())];
}"""

# Tables, rows, entries and sections that are built like two before them beside them say nothing new: they are taken out.
PRUNE = """(kept) => {
  const counts = new Map();
  for (const element of [...document.querySelectorAll('main table, main tr, main li, main section, main div')]) {
    if (!element.isConnected) continue;
    const parts = [element, ...element.querySelectorAll('*')].map((one) => [
      one.localName, one.getAttribute('class'), one.getAttribute('role'), one.type, one.disabled,
    ].join('.'));
    const own = counts.get(element.parentElement) || new Map();
    counts.set(element.parentElement, own);
    const signature = [...new Set(parts)].sort().join(' ');
    own.set(signature, (own.get(signature) || 0) + 1);
    if (own.get(signature) > kept) element.remove();
  }
}"""

# What of the frame around a page Tab can stop at.
FRAME = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
  .filter((element) => !element.closest('main'))
  .map((element) => [element.localName, element.className, element.getAttribute('href'), element.name, element.type].join(' '))
  .join('\\n')"""

# Everything that Tab must reach, in the order of the page; the next Tab begins at the top.
STOPS = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
  window.scrollTo(0, 0);
  const kinds = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const groups = new Set();
  window.stops = [...document.querySelectorAll(kinds)].filter((element) => {
    if (element.tabIndex < 0 || element.disabled || element.type === 'hidden') return false;
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    if (element.type === 'radio') {  // a group of radio buttons is one stop, the arrows move inside
      const group = element.form?.elements[element.name];
      const chosen = group && [...group].find((other) => other.checked);
      if (chosen ? chosen !== element : groups.has(element.name)) return false;
      groups.add(element.name);
    }
    return true;
  });
  window.told = (element) => element.outerHTML.slice(0, 110).replace(/\\s+/g, ' ');
  return window.stops.length;
}"""

# The stop that has the focus: its number (-1: not one of them), and what is wrong with how it shows.
FOCUSED = """async () => {
  const element = document.activeElement;
  const at = window.stops.indexOf(element);
  if (at < 0) {
    // a box that scrolls is a stop of the browser's own
    const scrolls = element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight;
    return { at, scrolls: scrolls && element !== document.body, what: window.told(element) };
  }
  const drawn = (one) => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  };
  const faults = [];
  if (!drawn(element) && ![...element.children].some(drawn)) faults.push('does not show the focus');
  const seen = () => {
    const box = element.getClientRects()[0];
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return top && (element.contains(top) || top.contains(element) || top.closest('label')?.control === element);
  };
  // scrolling to it may take a frame or two
  for (let frame = 0; frame < 40 && !seen(); frame++) await new Promise(requestAnimationFrame);
  if (!seen()) faults.push('is out of sight or covered when it has the focus');
  return { at, what: window.told(element), faults };
}"""

# The stops before the main part, each given the focus without a key, as `FOCUSED` judges them.
LEADING = f"""async () => {{
  const judged = {FOCUSED};
  const main = document.querySelector('main');
  const found = [];
  for (const stop of window.stops) {{
    if (!(stop.compareDocumentPosition(main) & Node.DOCUMENT_POSITION_FOLLOWING) || main.contains(stop)) break;
    stop.focus();
    found.push(await judged());
  }}
  return found;
}}"""

TABLES = """() => [...document.querySelectorAll('main table')].flatMap((table) => {
  const faults = [];
  if (!table.caption || !table.caption.textContent.trim()) faults.push('a table without a caption');
  const sorting = [...table.querySelectorAll('thead th')].filter((th) => th.querySelector('a[href*="sort="]'));
  for (const th of sorting)
    if (!th.hasAttribute('aria-sort')) faults.push(`heading "${th.textContent.trim()}" sorts without aria-sort`);
  if (table.querySelectorAll('[aria-sort=ascending], [aria-sort=descending]').length > 1)
    faults.push('two headings of one table say that it is sorted by them');
  return faults;
})"""


def structure(page) -> set[str]:
    """The page without its words: what axe and the keyboard could judge differently."""
    return set(page.evaluate(STRUCTURE))


def prune(page):
    """Shorten long tables and lists to what differs, before the page is judged."""
    page.evaluate(PRUNE, KEPT)


def frame(page) -> str:
    """The frame around the page, as the keyboard meets it."""
    return page.evaluate(FRAME)


def serious_faults(page) -> list[str]:
    """Serious and critical violations of axe-core's rules: rule, what it says, and the first elements it names."""
    found = AXE.run(page, options=RULES).response["violations"]
    return [
        f"axe {fault['id']} ({fault['impact']}): {fault['help']}: "
        + " | ".join(f"{node['target']} {node['html'][:120]}" for node in fault["nodes"][:3])
        for fault in found
        if fault["impact"] in SERIOUS
    ]


def keyboard_faults(page, *, known_frame=False) -> list[str]:
    """What Tab does not reach, reaches out of order or without showing it.

    `known_frame`: Tab went through the same frame before; its stops get the focus at once here and are judged likewise,
    and Tab goes on from there.
    """
    faults = [f"table: {fault}" for fault in page.evaluate(TABLES)]
    count = page.evaluate(STOPS)
    leading = page.evaluate(LEADING) if known_frame else []
    reached = [seen["at"] for seen in leading]
    faults += [f"keyboard: {seen['what']} {fault}" for seen in leading for fault in seen.get("faults", ())]
    for _press in range(2 * count + 20):  # a date has a stop for each of its parts, and a box that scrolls is one too
        if len(reached) == count:
            break
        page.keyboard.press("Tab")
        seen = page.evaluate(FOCUSED)
        if seen["at"] < 0:
            if seen.get("scrolls"):
                continue
            faults.append(f"keyboard: Tab leads to {seen['what']}")
            break
        if seen["at"] in reached[-1:]:
            continue
        reached.append(seen["at"])
        faults += [f"keyboard: {seen['what']} {fault}" for fault in seen["faults"]]
    for at in sorted(set(range(count)) - set(reached)):
        faults.append("keyboard: Tab does not reach " + page.evaluate("(at) => window.told(window.stops[at])", at))
    if reached != sorted(reached):
        faults.append(f"keyboard: Tab leaves the order of the page: {reached}")
    return faults


def skip_link_faults(page) -> list[str]:
    """The first stop of Tab must lead past the frame."""
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    return (
        []
        if page.evaluate("document.activeElement.id") == "main"
        else ["keyboard: the skip link does not lead to main"]
    )
