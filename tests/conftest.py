"""What all tests share: hypothesis without deadlines, since machines are noisy."""

from hypothesis import settings

settings.register_profile("swnlp", deadline=None, print_blob=True)
settings.load_profile("swnlp")
