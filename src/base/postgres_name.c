/* SPDX-License-Identifier: MIT */
#include "base/postgres_name.h"

#include "base/hash.h"

#include <ctype.h>
#include <string.h>

bool pd_postgres_is(const char *path)
{
    const struct pd_text text = pd_text_of(path);
    return pd_text_starts(text, PD_TEXT("postgresql://")) || pd_text_starts(text, PD_TEXT("postgres://"));
}

struct pd_text pd_postgres_what(const char *path)
{
    const char *mark = strchr(path, '#');
    struct pd_text what = pd_text_trim(pd_text_of(mark == NULL ? "" : mark + 1));
    while (what.length > 0 && what.data[what.length - 1] == ';')
        what = pd_text_trim(pd_text_slice(what, 0, what.length - 1));
    return what;
}

/* What may stand in a name after its first letter, bytes of letters of any script too. */
static bool is_in_name(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

bool pd_postgres_is_query(struct pd_text what)
{
    static const char *const words[] = { "select", "with", "values", "table" };
    size_t length = 0;
    while (length < what.length && is_in_name(what.data[length])) length++;
    if (length == what.length || what.data[length] == '.') return false; /* a table or schema of that name */
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (pd_text_equal_but_for_case(pd_text_slice(what, 0, length), pd_text_of(words[i]))) return true;
    return false;
}

/* Length of the identifier that text begins with: letters of any script, digits, _ and $, or anything in double quotes;
 * 0 when there is none. */
static size_t identifier_length(struct pd_text text)
{
    size_t at = 0;
    if (text.length == 0) return 0;
    if (text.data[0] != '"') {
        while (at < text.length && is_in_name(text.data[at])) at++;
        return isdigit((unsigned char)text.data[0]) ? 0 : at;
    }
    for (at = 1; at < text.length; at++) {
        if (text.data[at] != '"') continue;
        if (at + 1 == text.length || text.data[at + 1] != '"') return at > 1 ? at + 1 : 0;
        at++; /* a quote that is doubled is one of the name's */
    }
    return 0;
}

bool pd_postgres_is_identifier(struct pd_text what)
{
    return what.length > 0 && identifier_length(what) == what.length;
}

/* The last of the identifiers, joined by points, that what consists of; empty when it is not such a name. */
static struct pd_text last_identifier(struct pd_text what)
{
    for (;;) {
        const size_t length = identifier_length(what);
        if (length == 0) return (struct pd_text){ NULL, 0 };
        if (length == what.length) return what;
        if (what.data[length] != '.') return (struct pd_text){ NULL, 0 };
        what = pd_text_slice(what, length + 1, what.length);
    }
}

struct pd_text pd_postgres_table(const char *path)
{
    const struct pd_text what = pd_postgres_what(path);
    if (pd_postgres_is_query(what)) return PD_TEXT("query");
    const struct pd_text name = last_identifier(what);
    const bool quoted = name.length > 0 && name.data[0] == '"';
    return quoted ? pd_text_slice(name, 1, name.length - 1) : name;
}

/* Between the host and what follows. */
static struct pd_text database_of(const char *path)
{
    struct pd_text name = pd_text_of(strstr(path, "://") + 3);
    size_t begin = 0, end = 0;
    while (end < name.length && name.data[end] != '?' && name.data[end] != '#') {
        if (name.data[end++] == '/') begin = end;
    }
    return begin == 0 ? PD_TEXT("postgresql") : pd_text_slice(name, begin, end);
}

void pd_postgres_append_name(struct pd_buffer *out, const char *path)
{
    const struct pd_text database = database_of(path), what = pd_postgres_what(path);
    pd_append_utf8(out, database.length > 0 ? database : PD_TEXT("postgresql"));
    pd_append_byte(out, '#');
    if (pd_postgres_is_query(what))
        pd_append_format(out, "query-%08x", (unsigned)pd_hash_text(what));
    else
        pd_append_utf8(out, what);
}

enum padan_status pd_postgres_statement(struct pd_buffer *out, const char *path, struct padan_error *error)
{
    const struct pd_text what = pd_postgres_what(path);
    const bool is_query = pd_postgres_is_query(what);
    if (!is_query && last_identifier(what).length == 0)
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "%.*s: neither a table nor a query is named; write postgresql://HOST/DATABASE#TABLE or ...#SELECT ..., "
                "names "
                "with blanks in double quotes",
                (int)strcspn(path, "?#"), path);
    pd_append_string(out, "COPY (");
    if (!is_query) pd_append_string(out, "SELECT * FROM ");
    pd_append_text(out, what);
    pd_append_string(out, ") TO STDOUT (FORMAT csv, HEADER)");
    pd_append_byte(out, '\0');
    return pd_buffer_status(out, error);
}
