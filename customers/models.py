"""Every table of the app, stage by stage."""
