"""How answers are marked: one small module for each family of questions."""
