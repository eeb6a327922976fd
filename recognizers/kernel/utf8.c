/* Whether bytes are UTF-8. */
#include "utf8.h"
#include "wider.h"

/* How many bytes are whole characters in the right form; `wide`: by wide registers, if there are any. */
FACE int64_t exportgate_characters(const uint8_t *at, int64_t size, int wide)
{
    if (IS_WIDER(wide))
        return characters_wider(at, size);
    return characters_in(at, size);
}
