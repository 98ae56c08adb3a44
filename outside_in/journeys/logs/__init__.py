"""Event logs of others, and what they tell about the way of real cases."""
