/* Written by refresh_sources.py. */
#define SOURCES "1f43e14d669b2d11"
