/* Written by refresh_sources.py. */
#define SOURCES "c3e0c9fef27e4e2c"
