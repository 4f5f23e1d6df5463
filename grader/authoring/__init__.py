"""What helps those who write a course: a new exercise's folders, and the catalogue of all."""
