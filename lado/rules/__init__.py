"""The policy, readable by a practitioner. Pure Python: no Flask, no session."""
