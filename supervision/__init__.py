"""Supervision of cadres (干部监督): talks, inquiry letters, admonishment, sanctions with their influence periods, follow-up."""
