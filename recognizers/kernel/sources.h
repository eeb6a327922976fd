/* Written by refresh_sources.py. */
#define SOURCES "65895b5db15ad48e"
