"""Write a gradebook for people and for other systems; nothing here grades."""
