/* Written by refresh_sources.py. */
#define SOURCES "2108e628a10a2a0c"
