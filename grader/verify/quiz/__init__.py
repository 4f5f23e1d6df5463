"""The laws that make a quiz fit to hand out, looked at over many draws, and what random clicking earns."""
