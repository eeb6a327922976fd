/* Written by refresh_sources.py. */
#define SOURCES "4a184dc025223216"
