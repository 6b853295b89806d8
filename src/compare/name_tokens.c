/* SPDX-License-Identifier: MIT */
#include "compare/name_tokens.h"

#include "base/embedded.h"
#include "base/hash.h"

#include <pthread.h>

enum { N_SLOTS = 1 << 13 }; /* more than twice the lines of the file */

struct token_line {
    const char *text; /* NULL: free */
    uint32_t length, per_million;
};

/* Written once, under `read_once`; read only afterwards. */
static struct token_line lines[N_SLOTS];
static pthread_once_t read_once = PTHREAD_ONCE_INIT;

static struct token_line *line_of(struct pd_text token)
{
    size_t slot = pd_hash_text(token) % N_SLOTS;
    while (lines[slot].text != NULL &&
           !pd_text_equal((struct pd_text){ lines[slot].text, lines[slot].length }, token))
        slot = (slot + 1) % N_SLOTS;
    return &lines[slot];
}

/* "TOKEN,number,source"; comments and the header do not begin with a capital letter. */
static void read_line(struct pd_text line)
{
    const char *const comma = line.length == 0 ? NULL : memchr(line.data, ',', line.length);
    if (comma == NULL || line.data[0] < 'A' || line.data[0] > 'Z') return;
    const struct pd_text token = { line.data, (size_t)(comma - line.data) };
    uint32_t number = 0;
    for (const char *digit = comma + 1; *digit >= '0' && *digit <= '9'; digit++)
        number = number * 10 + (uint32_t)(*digit - '0');
    *line_of(token) = (struct token_line){ token.data, (uint32_t)token.length, number };
}

static void read_file(void)
{
    const struct pd_text file = pd_embedded("datasets/frekuensi_token.csv");
    for (size_t begin = 0; begin < file.length;) {
        const char *const end = memchr(file.data + begin, '\n', file.length - begin);
        const size_t next = end == NULL ? file.length : (size_t)(end - file.data);
        read_line(pd_text_slice(file, begin, next));
        begin = next + 1;
    }
}

uint64_t pd_name_tokens_per_million(struct pd_text token)
{
    (void)pthread_once(&read_once, read_file);
    const struct token_line *line = line_of(token);
    return line->text == NULL ? 0 : line->per_million;
}
