"""Template tags that every room shares: small pieces of pages, without a word of domain."""
