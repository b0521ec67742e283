"""What grantees bring: attendance, discipline and service files about students, read and counted where they already are.

Student rows live in this room only, in the memory of one command or of one browser tab. What leaves it are the counts of the
fixed cube (`reference/local/facts.csv`), and those only through `data/privacy`. The server never runs this room on student rows.
"""
