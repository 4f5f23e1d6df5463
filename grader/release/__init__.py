"""Release a course: gather what learners get, by a list of what may go out, and write it whole or not at all."""
