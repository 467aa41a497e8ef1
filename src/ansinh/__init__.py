"""An Sinh: who is entitled to which support, under which article, and why."""
