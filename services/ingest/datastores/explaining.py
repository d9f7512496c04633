"""Sentences about data stores that can't be used."""

from services.kit.blob_reasons import About, why


def listing_problem(datastore: str, error: Exception) -> str:
    """Why a data store can't be listed."""
    return _sentence(f"The data store {datastore} can't be listed", error, "s3:ListBucket")


def reading_problem(datastore: str, error: Exception) -> str:
    """Why the objects of a data store can't be read."""
    return _sentence(f"The objects of {datastore} can't be read", error, "s3:GetObject")


def writing_problem(datastore: str, error: Exception) -> str:
    """Why nothing can be written to a data store."""
    return _sentence(f"The data store {datastore} can't be written", error, "s3:PutObject")


def _sentence(what: str, error: Exception, permission: str) -> str:
    reason = why(error)
    if reason.about is About.PERMISSION:
        return f"{what}: the access key lacks the permission {permission}."
    return f"{what}: {reason.text[0].lower()}{reason.text[1:]}"
