#!/usr/bin/env python
"""Django's own commands for this repository."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.web.site.settings")
    os.environ.setdefault("ANSINH_VAR", str(Path(__file__).resolve().parent / "var"))
    execute_from_command_line(sys.argv)
