"""Settings: `base` reads the environment, `try_out` is `./dev run`, `test` is strict, `prod` refuses defaults."""
