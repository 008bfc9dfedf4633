"""Who may sign the publication of a run, and when it is signed by enough (rule ASM-PUBLISH-SIGNERS). Pure."""


def check_signer(signer: int | None, *, asked_by: int | None, signed_by) -> list[str]:
    """Codes of what stands against a signature: everybody signs once, the asker has signed by asking.

    Numbers of users; None (a service that acts for nobody) is never the same person.
    """
    if signer is None:
        return []
    if signer == asked_by:
        return ["SIGNER_ASKED"]
    return ["SIGNER_SIGNED"] if signer in signed_by else []


def is_last_signature(signed: int, needed: int) -> bool:
    """Is the next signature the last one? `signed` counts those after the asker's, `needed` counts the asker's as well."""
    return signed + 2 >= needed
