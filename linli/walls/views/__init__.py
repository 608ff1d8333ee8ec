"""Pages of the walls: public, by receipt, on the desk."""
