/* Written by refresh_sources.py. */
#define SOURCES "1d177ab960ee4c69"
