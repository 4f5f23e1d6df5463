"""Quizzes: questions with parameters, answers without code, marks with reasons."""
