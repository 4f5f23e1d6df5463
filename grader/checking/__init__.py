"""Run checks in the trusted process, compare what submissions return, and judge how each check ended."""
