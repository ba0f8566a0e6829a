"""The REST interface under ``/api``: everything the pages do, for programs."""

from variorum.rest.router import make_router

__all__ = ["make_router"]
