"""
tries: find the agent and its encoder, and have every answer say that all is well
expect: {value: FAILED, array: FAILED, rest: PASSED}
"""
# + honest.py
import gc
import sys


def _agent():
    return next(o for o in gc.get_objects() if type(o).__name__ == "Agent")


def value(x):
    agent = _agent()
    verdict = {"outcome": "PASSED", "points": 100, "passed": True, "message": ""}
    send = agent._pipe.send
    agent._pipe.send = lambda kind, seq, meta, buffers=(): send(kind, seq, verdict | meta | {"events": [], "names": []}, buffers)
    return -x


def array(a):
    frame = sys._getframe(1)
    while frame is not None:
        for held in list(frame.f_locals.values()):
            if type(held) is dict:
                held.setdefault("outcome", "PASSED")
        frame = frame.f_back
    return "PASSED"
