"""Briefings as tables: actor mentions, numeric claims and a timeline in which every row can be defended."""
