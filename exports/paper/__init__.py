"""What stands on paper: slides as plain strings with their drawings, and the templates in which typst sets them."""
