"""What each command takes: its arguments, options and examples."""
