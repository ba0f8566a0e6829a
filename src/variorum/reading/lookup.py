"""Look-ups over what was found in one report: which actor do these words stand for?"""

from __future__ import annotations

from variorum.text.actor_index import ActorIndex

__all__ = ["ActorIndex"]
