/* Written by refresh_sources.py. */
#define SOURCES "e61f25d229e17c0f"
