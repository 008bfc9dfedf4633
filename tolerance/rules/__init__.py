"""Rules of shelter: pure, with the article of each reason."""
