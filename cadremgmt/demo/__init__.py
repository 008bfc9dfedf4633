"""The demo county: a client of the services, so that it obeys every rule that users obey."""
