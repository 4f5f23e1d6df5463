"""The stub: everything is still to be written."""
