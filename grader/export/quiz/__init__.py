"""Quizzes for other platforms: Moodle's XML and GIFT, each with a list of what was lost on the way."""
