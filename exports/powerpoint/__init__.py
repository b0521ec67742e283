"""The parts of a PowerPoint file: figures read once (`reading`), drawn as native charts, shapes and tables that stay editable."""
