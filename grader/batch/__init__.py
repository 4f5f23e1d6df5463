"""Grade what a whole class handed in: intake, workers, a store that loses nothing, and the gradebook."""
