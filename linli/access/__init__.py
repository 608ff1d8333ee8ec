"""Who may do what where: permissions and roles as data, and one question. Pure Python."""
