/* Written by refresh_sources.py. */
#define SOURCES "40a33819e8bf9b03"
