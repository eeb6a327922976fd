/* Written by refresh_sources.py. */
#define SOURCES "d9c733278123f4b3"
