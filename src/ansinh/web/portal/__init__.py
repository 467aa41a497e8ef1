"""The public pages. This room has no road to personal data: it may not import the registry."""
