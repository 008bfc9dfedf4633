"""What every room may use: results, scope, dates, cryptography, page and API helpers. No models."""
