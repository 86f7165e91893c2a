"""What holds for all tests."""

import os
import sys

from hypothesis import HealthCheck, settings

# How long an example takes is the machine's matter: on a busy one no property may fail for it.
settings.register_profile("studio", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("studio")

# Without compiled modules each of the hundred processes the tests start compiles the program and its libraries anew,
# which takes longer than most of them work.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
