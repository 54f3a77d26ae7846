"""Text to records: time expressions, quantities, actors, attribution, events and claims. Standard library only."""
