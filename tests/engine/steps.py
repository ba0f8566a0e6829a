"""Steps for the engines' tests, in a module of their own so that workers load little."""

from __future__ import annotations

import os
import signal


def squares(numbers: list[int]) -> list[int]:
    return [n * n for n in numbers]


def fails_at_seven(numbers: list[int]) -> list[int]:
    if 7 in numbers:
        raise ValueError("seven")
    return numbers


def dies(numbers: list[int]) -> list[int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return numbers
