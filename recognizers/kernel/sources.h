/* Written by refresh_sources.py. */
#define SOURCES "0939716910a58c97"
