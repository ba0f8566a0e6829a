"""The REST interface under ``/api``: everything the pages do, for programs."""
