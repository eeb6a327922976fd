/* Written by refresh_sources.py. */
#define SOURCES "85a4e8e8beb702a9"
