"""People, schools, areas and what was uploaded about them."""
