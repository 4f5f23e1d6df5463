"""The two commands, `grade` for learners and `grader` for staff: the only modules that print or exit."""
