/* Written by refresh_sources.py. */
#define SOURCES "8389e7afa7085cfc"
