"""What must reach the outside world: when to try again, and when to give up."""
