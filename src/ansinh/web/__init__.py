"""Everything Django. Nothing outside this room knows Django."""
