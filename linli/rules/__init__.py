"""Rule values, working days: per place and dated."""
