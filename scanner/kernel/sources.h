/* Written by refresh_sources.py. */
#define SOURCES "730b854e1207ed63"
