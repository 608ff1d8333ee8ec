"""Everything that people come to: plan, sign-in, roll."""
