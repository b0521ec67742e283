"""Measurements, printed as ratios: what the product costs beside a plain baseline in the same run. Nothing imports them."""
