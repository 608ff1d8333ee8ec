"""People, membership, posts, classes."""
