"""What agents ask, by the Model Context Protocol: the questions of the command, as tools."""
