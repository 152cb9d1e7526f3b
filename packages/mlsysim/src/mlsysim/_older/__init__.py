"""What scripts for the packages before this one ask for, as tables; read only when they do."""
