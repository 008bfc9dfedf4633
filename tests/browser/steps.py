"""What people do on many pages, as functions: sign in, import a file, take a step of a case, paste a block."""

import re

from django.utils import timezone
from playwright.sync_api import expect

from foundation.accounts.models import User
from foundation.accounts.services.accounts import create_account
from foundation.accounts.services.grants import grant_role
from foundation.accounts.services.passwords import store

PASSWORD = "Heshan-Demo-2025"  # noqa: S105 - of accounts that these tests make
PREVIEW = re.compile(r"/imports/IMP-\d+/$")
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  document.activeElement.dispatchEvent(paste);
}"""


def sign_in(page, name):
    """Sign in with the password, as somebody else than before."""
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    expect(page.locator(".navigation")).to_be_visible()


def open_account(name, role, unit, *, actor, display_name) -> User:
    """An account with a role at a unit, whose user can sign in."""
    user = create_account(actor=actor, username=name, display_name=display_name, organization=unit).user
    store(user, PASSWORD, must_change=False)
    today = timezone.localdate()
    grant_role(actor=actor, user=user, role=role, organization=unit, valid_from=today, reason="test")
    return user


def told(page):
    """The page says that something was done."""
    expect(page.locator(".message-success")).to_be_visible()


def stage(page, kind, path, year="", shows=PREVIEW):
    """Upload a file and land on its preview, or on the page whose address `shows` tells."""
    page.goto("/imports/new/")
    page.select_option("select[name=kind]", kind)
    if year:
        page.fill("input[name=year]", year)
    page.set_input_files("input[name=file]", str(path))
    page.click("main form[enctype] button[type=submit]")
    expect(page).to_have_url(shows)


def apply(page):
    """Apply the import whose preview is shown."""
    page.click("form[action$='/apply/'] button")
    told(page)


def confirm(page):
    """Answer yes to the question that the page asks."""
    page.click("#confirm-dialog [data-confirm-yes]")


def step(page, name, reason=""):
    """Take a step of the case that is shown."""
    if reason:
        page.fill("textarea[name=reason]", reason)
    page.click(f"button[name=step][value={name}]")
    told(page)


def open_from_inbox(page, part):
    """Open the case that waits in the inbox: `part` of its address."""
    page.goto("/inbox/")
    page.locator(f"main a[href*='{part}']").first.click()
    expect(page).to_have_url(re.compile(re.escape(part)))


def paste(page, field, lines):
    """Paste a column copied from a spreadsheet, beginning at a field."""
    field.focus()
    page.evaluate(PASTE, "\n".join(lines) + "\n")


def line(page, unit, place="main"):
    """The line of a unit in the table of the page."""
    return page.locator(f"{place} tbody tr").filter(has=page.get_by_role("rowheader", name=unit, exact=True))
