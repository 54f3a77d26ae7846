"""For people: charts, and the text with every row marked."""
