"""The laws that make an exercise fit to hand out, and the mutants that show how strong its checks are."""
