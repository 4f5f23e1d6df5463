# The wire format from the outside, as one who has read the grader's source would forge it.
import json as _json
import struct as _struct
import sys as _sys_module

_READY, _QUESTION, _REPLY, _ERROR, _UNSENDABLE, _CALLBACK = 2, 1, 3, 4, 5, 6


def _descriptor():
    """The socket to the trusted side."""
    for fd in range(3, 64):
        try:
            if os.fstat(fd).st_mode & 0o170000 == 0o140000:
                return fd
        except PermissionError:
            return 3  # a confined worker may not ask what it is
        except OSError:
            continue
    _breach("no attack made: no socket found")
    raise LookupError("socket")


def _seq():
    """The number of the question that is being answered, out of the agent's own frames."""
    frame = _sys_module._getframe()
    while frame is not None:
        if type(frame.f_locals.get("seq")) is int:
            return frame.f_locals["seq"]
        frame = frame.f_back
    _breach("no attack made: no question's number found")
    raise LookupError("seq")


def _frame(kind, seq, meta, blob=b""):
    """The bytes of one frame; metadata as an object or as raw bytes."""
    text = meta if isinstance(meta, bytes) else _json.dumps(meta).encode()
    return _struct.pack("<IIQB", len(text) + len(blob), len(text), seq, kind) + text + blob


def _send(kind, seq, meta, blob=b""):
    """Write one frame."""
    _write(_frame(kind, seq, meta, blob))


def _write(data):
    """Write bytes to the trusted side."""
    left = memoryview(data)
    fd = _descriptor()
    while left:
        left = left[os.write(fd, left) :]


def _agent():
    """The agent, and the names that its module knows."""
    frame = _sys_module._getframe()
    while not hasattr(frame.f_locals.get("self"), "_pipe"):
        frame = frame.f_back
        if frame is None:
            _breach("no attack made: no agent found")
            raise LookupError("agent")
    return frame.f_locals["self"], frame.f_globals


def _silence():
    """Have the agent's own next answer vanish."""
    pipe = _agent()[0]._pipe

    def swallow(*_, **__):
        del pipe.send

    pipe.send = swallow


def _answer(meta, blob=b"", kind=_REPLY):
    """Answer the question in the agent's place."""
    _silence()
    _send(kind, _seq(), meta, blob)
