from hypothesis import settings

settings.register_profile("formats", deadline=None)  # the first example of a parser compiles patterns and imports
settings.load_profile("formats")
