"""Building of the demonstration, through the services of the apps only."""
