"""Settings, addresses, error pages and the look shared by every page."""
