"""What each command does: asks the library, and says the answer in the form wanted."""
