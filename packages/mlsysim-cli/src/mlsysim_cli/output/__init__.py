"""How an answer looks: as data, as text, on this terminal."""
