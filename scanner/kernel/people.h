/* What the counting of persons shares: nothing here allocates, keeps state or knows of Python. */
#ifndef EXPORTGATE_PEOPLE_H
#define EXPORTGATE_PEOPLE_H

#include <stdint.h>
#include <string.h>

#if defined(_WIN32)
#define FACE __declspec(dllexport)
#else
#define FACE __attribute__((visibility("default")))
#endif

#endif
