"""What officials see of segments: nothing can be changed here."""
