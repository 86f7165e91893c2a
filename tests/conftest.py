"""What holds for all tests."""

from hypothesis import HealthCheck, settings

# How long an example takes is the machine's matter: on a busy one no property may fail for it.
settings.register_profile("studio", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("studio")
