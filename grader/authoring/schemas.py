"""The JSON Schemas of what authors write, and where in a course they lie."""

import json
from pathlib import PurePosixPath

from grader.quiz.reading import key_schema, quiz_schema
from grader.spec import exercise_schema


def schema_texts() -> dict[PurePosixPath, str]:
    """Give each schema's text, by its path in a course; that of the keys stays with staff."""
    schemas = {
        "exercises/exercise.schema.json": exercise_schema(),
        "exercises/quiz.schema.json": quiz_schema(),
        "solutions/key.schema.json": key_schema(),
    }
    return {
        PurePosixPath(path): json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for path, schema in schemas.items()
    }
