"""The photo of a person: made fit for pages and forms, the original kept for interchange files."""

from django.db import transaction

from foundation.audit.services.entries import record
from foundation.common.results import DomainError

from ..import_texts import TEXTS
from ..imports.card_files import digest
from ..imports.photos import PhotoRefused, prepare_portrait
from ..models import Official, Photo
from .records import EDIT, lock

LARGEST = 5 * 1024 * 1024  # bytes, as the editor of the form takes


@transaction.atomic
def set_photo(*, actor, official: Official, data: bytes) -> Photo:
    """Set or replace the photo. Raises PermissionDenied; DomainError when the file is too large or no picture."""
    locked = lock(official, actor, EDIT)
    if len(data) > LARGEST:
        raise DomainError("photo_size", TEXTS["photo_size"] % {"megabytes": LARGEST // 1024**2}, status=400)
    try:
        portrait = prepare_portrait(data)
    except PhotoRefused as refused:
        raise DomainError(refused.code, TEXTS[refused.code], status=400) from refused
    photo, _made = Photo.objects.system().update_or_create(
        official=locked, defaults={"image": portrait.jpeg, "original": data, "sha256": digest(data)}
    )
    record(
        actor=actor,
        action="officials.photo.set",
        target_kind="officials.official",
        target_no=locked.pk,
        target_label=locked.name,
        org_path=locked.org_path,
        data={"sha256": photo.sha256, "bytes": len(data)},
    )
    return photo
