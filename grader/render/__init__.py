"""Turn reports into what people read: pure functions of the result, in one module a medium."""
