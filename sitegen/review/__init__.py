"""What curators ask of a collection: why a text changed, what would change, what waits for them."""

from __future__ import annotations

from sitegen.review.accepting import accept_conversions
from sitegen.review.differences import list_differences
from sitegen.review.explaining import explain_conversion
from sitegen.review.status import Status, read_status
from sitegen.review.suggesting import suggest_authority

__all__ = [
    "Status",
    "accept_conversions",
    "explain_conversion",
    "list_differences",
    "read_status",
    "suggest_authority",
]
