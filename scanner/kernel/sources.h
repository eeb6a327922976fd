/* Written by refresh_sources.py. */
#define SOURCES "1dc26bdd74ea93e6"
