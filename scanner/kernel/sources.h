/* Written by refresh_sources.py. */
#define SOURCES "1a789d9db7c6490f"
