"""The description of the interface: complete, and true of what the server answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.python import asgi
from schemathesis.specs.openapi import checks

from tests.library.fake import golden_record
from tests.rest.served import TOKEN, serve
from variorum.library import Library
from variorum.rest.errors import MEANINGS
from variorum.rest.security import Security
from variorum.rest.security.settings import LOOPBACK_RATES


@schemathesis.serializer("application/x-ndjson")
def _lines(context: Any, value: Any) -> bytes:
    """JSON Lines as they are sent: the text itself."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


EXAMPLES = 8
"""Requests of each kind (that fit the description, that do not) for each call."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The calls over a library that holds the bundled story, for a client that may do everything."""
    rates = dict.fromkeys(LOOPBACK_RATES, "1000000/minute")
    with Library.open(tmp_path_factory.mktemp("described") / "library.sqlite") as library:
        assert len(list(library.add(golden_record().reports))) == 4
        app = serve(library, Security(hosts=("testserver",), token=TOKEN, rates=rates))
        yield app
        if getattr(app.state, "jobs", None) is not None:
            app.state.jobs.close()


@pytest.fixture(scope="module")
def session(app: FastAPI) -> Iterator[Any]:
    """One client for all requests."""
    with asgi.get_client(app) as client:
        yield client


def _schema(app: FastAPI) -> Any:
    generation = GenerationConfig(with_security_parameters=False, deterministic=True)
    config = SchemathesisConfig(projects=ProjectsConfig(default=ProjectConfig(generation=generation)))
    return schemathesis.openapi.from_asgi("/api/openapi.json", app, config=config)


OPERATIONS = [result.ok() for result in _schema(serve(security=Security(hosts=("testserver",)))).get_all_operations()]


MORE_THAN_A_SCHEMA_SAYS = {
    "GET /api/evidence": "the end lies behind the start, and not too far",
    "POST /api/rulings": "each kind of ruling needs fields of its own",
    "POST /api/rulings/import": "each line is a ruling",
    "POST /api/accounts": "names and passwords have rules",
    "POST /api/session": "the password is right",
}
ANYTHING_GOES = {
    "POST /api/files": "any bytes are a file",
    "POST /api/rulings/import": "any text is a body",
    "POST /api/account/password": "a password of many kilobytes is refused for its size (413)",
    "POST /api/session": "the same",
}


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_no_server_error_and_nothing_undocumented(session: Any, operation: Any, mode: GenerationMode) -> None:
    passed_over = []
    if operation.label in MORE_THAN_A_SCHEMA_SAYS:
        passed_over.append(checks.positive_data_acceptance)
    if operation.label in ANYTHING_GOES:
        passed_over.append(checks.negative_data_rejection)

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        case.call_and_validate(
            session=session, headers={"Authorization": f"Bearer {TOKEN}"}, excluded_checks=passed_over
        )

    try:
        ask()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE
        pytest.skip("every request that can be written fits the description")


def test_every_call_is_described() -> None:
    description = serve().openapi()
    for path, methods in description["paths"].items():
        for method, call in methods.items():
            where = f"{method} {path}"
            assert call["summary"] and call["description"] and call["tags"], where
            assert {"400", "401", "403", "422", "429", "503"} <= set(call["responses"]), where
            for status, answer in call["responses"].items():
                if int(status) >= 400:
                    assert answer["description"] == MEANINGS[int(status)], where
                    shape = answer["content"]["application/json"]["schema"]
                    assert shape == {"$ref": "#/components/schemas/ErrorBody"}, where
                else:
                    assert all(content.get("schema") for content in answer["content"].values()), where
            for parameter in call.get("parameters", ()):
                assert parameter.get("description"), f"{where}: {parameter['name']}"
            if "requestBody" in call:
                assert {"408", "413"} <= set(call["responses"]), where
