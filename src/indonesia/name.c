/* SPDX-License-Identifier: MIT
 * A name is read in four steps: (1) fold and cut into pieces at blanks and punctuation, remembering commas, inner dots
 * and brackets; (2) sort the pieces into the person's own tokens, the father's (after BIN) and the alias; (3) strip
 * titles from the edges of each by the class of datasets/gelar.csv, which says how much evidence a word needs; (4)
 * write out abbreviations and undo assimilation. Everything works in buffers on the stack. Most names need none of it:
 * tokens of capital letters that no list has and no rule knows, which one look at each tells. */
#include "indonesia/name.h"

#include "base/hash.h"
#include "base/nearest.h"
#include "indonesia/fold.h"
#include "indonesia/muhammad.h"

enum { MAX_PIECES = 48, FOLD_CAPACITY = 320 };

/* Longer names may have more tokens than are kept. */
enum { PLAIN_LONGEST = 64 };

/* One run of letters with its inner dots (`S.PD.I`), and the same without dots. */
struct piece {
    const char *dotted;
    struct pd_text letters;
    uint8_t dotted_length;
    uint8_t title; /* enum pd_title_class of the letters, 0 = none */
    bool inner_dot, after_comma, bracketed, after_alias_mark;
};

struct pieces {
    struct piece items[MAX_PIECES];
    size_t n;
    char folded[FOLD_CAPACITY];
    char letters[FOLD_CAPACITY];
};

struct tokens {
    struct pd_text items[PD_NAME_TOKENS_MAX];
    size_t n;
};

/* Reading state of step 1. */
struct scan {
    bool comma, bracket, alias_mark;
};

static bool is_letter(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

/* A digit between letters is a typing slip for the letter it looks like; other bytes that are no letter give 0. */
static char letter_at(const char *text, size_t length, size_t position)
{
    const char byte = text[position];
    if (is_letter(byte)) return byte;
    const bool after = position > 0 && is_letter(text[position - 1]);
    const bool before = position + 1 < length && is_letter(text[position + 1]);
    if (!after && !before) return 0;
    return (char)(byte == '0' ? 'O' : byte == '1' ? 'I' : 0);
}

/* Where a token has an old Y: WIDJAJA is WIJAYA (DOMAIN 2.4, O2). Behind DJA alone, for both spellings are often mixed
 * (SOEHARJO), and not in DJAJANG, which is JAJANG; 0 where there is none. */
static size_t old_y(struct pd_text token)
{
    const char *const found = memmem(token.data, token.length, "DJAJA", 5);
    if (found == NULL) return 0;
    const size_t begin = (size_t)(found - token.data);
    const struct pd_text rest = pd_text_slice(token, begin + 5, token.length);
    return rest.length >= 2 && memcmp(rest.data, "NG", 2) == 0 ? 0 : begin + 3;
}

/* Bytes that stand inside a piece without ending it. */
static bool is_inner(char byte)
{
    return byte == '.' || byte == '\'' || byte == '`' || (byte >= '0' && byte <= '9');
}

static void note_separator(struct scan *scan, char byte)
{
    if (byte == ',' || byte == ';') scan->comma = true;
    if (byte == '/' || byte == '@' || byte == '~') scan->alias_mark = true;
    if (byte == '(' || byte == '[') scan->bracket = true;
    if (byte == ')' || byte == ']') scan->bracket = false;
}

/* Reads one piece that begins at position; returns where it ends. */
static size_t read_piece(struct pieces *pieces, size_t length, size_t position, size_t *n_letters, struct piece *piece)
{
    const char *folded = pieces->folded;
    const size_t first = *n_letters;
    const size_t begin = position;
    size_t last_letter = begin;
    bool dot = false;
    for (; position < length; position++) {
        const char letter = letter_at(folded, length, position);
        if (letter != 0) {
            piece->inner_dot |= dot && *n_letters > first;
            pieces->letters[(*n_letters)++] = letter;
            pieces->folded[position] = letter;
            last_letter = position;
            dot = false;
        } else if (is_inner(folded[position])) {
            dot |= folded[position] == '.';
        } else {
            break;
        }
    }
    piece->dotted = folded + begin;
    piece->dotted_length = (uint8_t)(last_letter + 1 - begin > 255 ? 255 : last_letter + 1 - begin);
    piece->letters = (struct pd_text){ pieces->letters + first, *n_letters - first };
    const size_t y = old_y(piece->letters);
    if (y > 0) pieces->letters[first + y] = 'Y';
    return position;
}

/* A degree that no list has (S.ST.PI, AMD.GZ): short parts between dots, after a comma or three of them. M.RIZKI has a
 * longer one, H.M. none of two letters. */
static bool is_written_as_degree(const struct piece *piece)
{
    enum { PART_LONGEST = 4, PARTS_WITHOUT_COMMA = 3 };
    int n_parts = 1, length = 0, longest = 0;
    for (size_t i = 0; i < piece->dotted_length; i++) {
        if (piece->dotted[i] == '.') {
            n_parts++;
            length = 0;
        } else if (is_letter(piece->dotted[i]) && ++length > longest) {
            longest = length;
        }
    }
    return longest >= 2 && longest <= PART_LONGEST && (piece->after_comma || n_parts >= PARTS_WITHOUT_COMMA);
}

static uint8_t title_of(const struct pd_indonesia *indonesia, const struct piece *piece)
{
    const struct pd_lexicon_entry *title = pd_lexicon_find(&indonesia->titles, piece->letters);
    if (title != NULL) return (uint8_t)title->class_id;
    return piece->inner_dot && is_written_as_degree(piece) ? PD_TITLE_SUFFIX : 0;
}

static void cut_into_pieces(const struct pd_indonesia *indonesia, struct pd_text text, struct pieces *pieces)
{
    const size_t length = pd_fold(text, pieces->folded, FOLD_CAPACITY);
    struct scan scan = { false, false, false };
    size_t n_letters = 0;
    pieces->n = 0;
    for (size_t i = 0; i < length && pieces->n < MAX_PIECES;) {
        const char byte = pieces->folded[i];
        if (!is_letter(byte) && !is_inner(byte)) {
            note_separator(&scan, byte);
            i++;
            continue;
        }
        struct piece piece = { .after_comma = scan.comma,
                               .bracketed = scan.bracket,
                               .after_alias_mark = scan.alias_mark };
        i = read_piece(pieces, length, i, &n_letters, &piece);
        if (piece.letters.length == 0) continue;
        piece.title = title_of(indonesia, &piece);
        pieces->items[pieces->n++] = piece;
        scan.alias_mark = false;
    }
}

/* ---- Step 2: whose token is it? ---- */

enum section { OWN, FATHER, ALIAS, N_SECTIONS };

struct sections {
    const struct piece *items[N_SECTIONS][MAX_PIECES];
    size_t n[N_SECTIONS];
};

/* BIN or BINTI but for a letter, before the deceased mark of somebody who is named: BNTI ALM SAID. Nobody's own name,
 * to whom that mark would belong, has his father's behind it without a word between. */
static bool is_slip_of_patronym(const struct pieces *pieces, size_t position)
{
    static const char *const words[] = { "BINTI", "BIN" };
    const struct piece *piece = &pieces->items[position];
    if (piece->title != 0 || piece->letters.data[0] != 'B' || position + 2 >= pieces->n) return false;
    if (pieces->items[position + 1].title != PD_TITLE_DECEASED) return false;
    return pd_nearest_within(piece->letters, words, sizeof words / sizeof *words, 1) != NULL;
}

static bool starts_father(const struct pieces *pieces, size_t position, const struct sections *sections)
{
    const uint8_t title = pieces->items[position].title;
    if (sections->n[OWN] == 0 || position + 1 >= pieces->n) return false;
    if (title == PD_TITLE_PATRONYM || title == PD_TITLE_PATRONYM_RISKY) return true;
    return is_slip_of_patronym(pieces, position);
}

/* The deceased mark counts only among the person's own tokens (CONTRACT 3). */
static void sort_pieces(const struct pieces *pieces, struct sections *sections, uint8_t *flags)
{
    enum section section = OWN;
    for (size_t i = 0; i < pieces->n; i++) {
        const struct piece *piece = &pieces->items[i];
        if (piece->title == PD_TITLE_DECEASED) {
            if (section == OWN) *flags |= PD_NAME_ALM;
            continue;
        }
        if (piece->title == PD_TITLE_ALIAS && sections->n[OWN] > 0) {
            section = ALIAS;
            continue;
        }
        if (section != ALIAS && starts_father(pieces, i, sections)) {
            section = FATHER;
            continue;
        }
        if (piece->after_alias_mark && sections->n[OWN] > 0) section = ALIAS;
        const bool aside = piece->bracketed && piece->title == 0 && sections->n[OWN] > 0;
        const enum section to = aside ? ALIAS : section;
        sections->items[to][sections->n[to]++] = piece;
    }
}

/* ---- Step 3: titles off the edges ---- */

/* A token with what step 3 must know about it. */
struct candidate {
    struct pd_text text;
    const struct piece *whole; /* set when text is a whole dotted piece (S.PD) */
    uint8_t title;
    bool after_comma;
};

struct candidates {
    struct candidate items[MAX_PIECES];
    size_t n;
};

static void add_part(const struct pd_indonesia *indonesia, const char *begin, size_t length, bool after_comma,
                     struct candidates *out)
{
    if (length == 0 || out->n == MAX_PIECES) return;
    const struct pd_text text = { begin, length };
    const struct pd_lexicon_entry *title = pd_lexicon_find(&indonesia->titles, text);
    out->items[out->n++] = (struct candidate){ text, NULL, title == NULL ? 0 : (uint8_t)title->class_id, after_comma };
}

/* `H.M.YUSUF` is three tokens. Apostrophes inside a part are passed over when it is written out. */
static void split_at_dots(const struct pd_indonesia *indonesia, const struct piece *piece, struct candidates *out)
{
    size_t begin = 0;
    size_t letter = 0;
    for (size_t i = 0; i <= piece->dotted_length; i++) {
        const bool end = i == piece->dotted_length || piece->dotted[i] == '.';
        if (end) {
            add_part(indonesia, piece->letters.data + begin, letter - begin, piece->after_comma, out);
            begin = letter;
        } else if (is_letter(piece->dotted[i])) {
            letter++;
        }
    }
}

/* A dotted piece stays whole when it can be a title (not a suffix in first place: M.A. HASAN) or means several words
 * (A.A.). So does F.X.: no other name has an X behind its first letter. */
static bool stays_whole(const struct pd_indonesia *indonesia, const struct piece *piece, bool first)
{
    if (piece->title == PD_TITLE_SUFFIX || piece->title == PD_TITLE_RISKY_SUFFIX) return !first;
    if (piece->title != 0) return true;
    const struct pd_lexicon_entry *entry = pd_lexicon_find(&indonesia->names, piece->letters);
    return entry != NULL && (memchr(entry->canonical.data, ' ', entry->canonical.length) != NULL ||
                             pd_text_equal(piece->letters, PD_TEXT("FX")));
}

static void make_candidates(const struct pd_indonesia *indonesia, const struct piece *const *items, size_t n,
                            struct candidates *out)
{
    out->n = 0;
    for (size_t i = 0; i < n && out->n < MAX_PIECES; i++) {
        const struct piece *piece = items[i];
        if (!piece->inner_dot)
            out->items[out->n++] = (struct candidate){ piece->letters, NULL, piece->title, piece->after_comma };
        else if (stays_whole(indonesia, piece, i == 0))
            out->items[out->n++] = (struct candidate){ piece->letters, piece, piece->title, piece->after_comma };
        else
            split_at_dots(indonesia, piece, out);
    }
}

static bool is_end_title(const struct candidate *last, size_t n)
{
    const bool sure = last->after_comma || last->whole != NULL;
    switch (last->title) {
    case PD_TITLE_SUFFIX: return sure || n >= 3;
    case PD_TITLE_RISKY_SUFFIX: return sure;
    case PD_TITLE_EDGE: return true;
    case PD_TITLE_PREFIX:
    case PD_TITLE_FIRST_INITIAL: return last->after_comma;
    default: return false;
    }
}

/* `S. PD` or `S PD I` in two or three pieces: how many of the last ones are one title. */
static size_t spaced_title(const struct pd_indonesia *indonesia, const struct candidates *candidates)
{
    for (size_t take = 3; take >= 2; take--) {
        if (candidates->n <= take) continue;
        char joined[16];
        size_t length = 0;
        const struct candidate *first = &candidates->items[candidates->n - take];
        if (first->text.length != 1) continue;
        bool fits = true;
        for (size_t i = 0; i < take && fits; i++) {
            fits = first[i].text.length <= 4 && length + first[i].text.length <= sizeof joined;
            if (fits) memcpy(joined + length, first[i].text.data, first[i].text.length);
            length += first[i].text.length;
        }
        if (!fits) continue;
        const struct pd_lexicon_entry *title = pd_lexicon_find(&indonesia->titles, (struct pd_text){ joined, length });
        if (title == NULL) continue;
        if (title->class_id == PD_TITLE_SUFFIX) return take;
        if (title->class_id == PD_TITLE_RISKY_SUFFIX && first->after_comma) return take;
    }
    return 0;
}

/* Strips both edges; returns the first candidate that is left and sets candidates->n to the end. */
static size_t strip_titles(const struct pd_indonesia *indonesia, struct candidates *candidates, uint8_t *flags)
{
    const size_t before = candidates->n;
    while (candidates->n >= 2) {
        if (is_end_title(&candidates->items[candidates->n - 1], candidates->n)) {
            candidates->n--;
            continue;
        }
        const size_t spaced = spaced_title(indonesia, candidates);
        if (spaced == 0) break;
        candidates->n -= spaced;
    }
    size_t begin = 0;
    while (begin + 1 < candidates->n) {
        const uint8_t title = candidates->items[begin].title;
        if (title != PD_TITLE_PREFIX && title != PD_TITLE_EDGE && title != PD_TITLE_FIRST_INITIAL) break;
        begin++;
    }
    if (begin > 0 || candidates->n < before) *flags |= PD_NAME_TITLE;
    return begin;
}

/* ---- Step 4: canonical tokens ---- */

static void add_token(struct tokens *tokens, struct pd_text text)
{
    if (text.length > 0 && tokens->n < PD_NAME_TOKENS_MAX) tokens->items[tokens->n++] = text;
}

static void add_words(struct tokens *tokens, struct pd_text words)
{
    size_t begin = 0;
    for (size_t i = 0; i <= words.length; i++) {
        if (i < words.length && words.data[i] != ' ') continue;
        add_token(tokens, pd_text_slice(words, begin, i));
        begin = i + 1;
    }
}

/* ABDUL written together with what follows: after ABDU the article's letter is assimilated to R or S (sometimes not
 * doubled) or doubled for the other sun letters; ABDUL itself may be plainly joined. Gives where the second token
 * starts, 0 for none. */
static size_t abdul_split(struct pd_text token)
{
    if (token.length < 8 || memcmp(token.data, "ABDU", 4) != 0) return 0;
    const char article = token.data[4];
    const char next = token.data[5];
    if (article == 'L') return 5;
    if (article == 'R' || article == 'S') return next == article ? 5 : 4;
    if (article == next && strchr("NTDZ", article) != NULL) return 5;
    return 0;
}

static bool follows_balinese(const struct tokens *tokens)
{
    if (tokens->n == 0) return false;
    const struct pd_text last = tokens->items[tokens->n - 1];
    return pd_text_equal(last, PD_TEXT("I")) || pd_text_equal(last, PD_TEXT("NI"));
}

static bool may_expand(unsigned place, const struct tokens *tokens, bool first, bool last)
{
    switch (place) {
    case PD_ABBREVIATION_ANYWHERE: return true;
    case PD_ABBREVIATION_FIRST: return first && !last;
    case PD_ABBREVIATION_NOT_LAST: return !last;
    case PD_ABBREVIATION_BALI: return follows_balinese(tokens) || (first && !last);
    default: return false;
    }
}

static void add_canonical(const struct pd_indonesia *indonesia, struct tokens *tokens, struct pd_text token, bool last,
                          uint8_t *flags)
{
    static const struct pd_text made = { "MADE", 4 };
    static const struct pd_text abdul = { "ABDUL", 5 };
    static const struct pd_text muhammad = { "MUHAMMAD", 8 };
    if (pd_text_equal(token, PD_TEXT("MD")) && follows_balinese(tokens)) {
        *flags |= PD_NAME_ABBREVIATED;
        add_token(tokens, made);
        return;
    }
    const struct pd_lexicon_entry *entry = pd_lexicon_find(&indonesia->names, token);
    if (entry != NULL && may_expand(entry->class_id & 0xff, tokens, tokens->n == 0, last)) {
        if ((entry->class_id & PD_ABBREVIATION_SHORT) != 0) *flags |= PD_NAME_ABBREVIATED;
        add_words(tokens, entry->canonical);
        return;
    }
    entry = token.length >= 7 ? pd_lexicon_find(&indonesia->joins, token) : NULL;
    if (entry != NULL) {
        add_words(tokens, entry->canonical);
        return;
    }
    if (pd_is_muhammad(token)) {
        if (token.length < muhammad.length) *flags |= PD_NAME_ABBREVIATED;
        add_token(tokens, muhammad);
        return;
    }
    const size_t split_abdul = abdul_split(token), split_muhammad = pd_muhammad_split(token);
    if (split_abdul > 0) add_token(tokens, abdul);
    if (split_muhammad > 0) add_token(tokens, muhammad);
    const size_t split = split_abdul > 0 ? split_abdul : split_muhammad;
    add_token(tokens, pd_text_slice(token, split, token.length));
}

static void make_tokens(const struct pd_indonesia *indonesia, const struct piece *const *items, size_t n,
                        struct tokens *tokens, uint8_t *flags)
{
    struct candidates candidates;
    make_candidates(indonesia, items, n, &candidates);
    const size_t begin = strip_titles(indonesia, &candidates, flags);
    tokens->n = 0;
    for (size_t i = begin; i < candidates.n; i++) {
        const struct candidate *candidate = &candidates.items[i];
        const bool last = i + 1 == candidates.n;
        const bool initials = candidate->whole != NULL && !stays_whole(indonesia, candidate->whole, true);
        if (!initials) {
            add_canonical(indonesia, tokens, candidate->text, last, flags);
            continue;
        }
        struct candidates parts = { .n = 0 };
        split_at_dots(indonesia, candidate->whole, &parts);
        for (size_t j = 0; j < parts.n; j++) add_token(tokens, parts.items[j].text);
    }
}

/* Writes tokens joined by one blank; a token that does not fit ends the name. */
static uint8_t join(const struct tokens *tokens, char out[PD_NAME_CAPACITY])
{
    size_t length = 0;
    for (size_t i = 0; i < tokens->n; i++) {
        const struct pd_text token = tokens->items[i];
        if (length + token.length + 1 > PD_NAME_CAPACITY) break;
        if (length > 0) out[length++] = ' ';
        memcpy(out + length, token.data, token.length);
        length += token.length;
    }
    return (uint8_t)length;
}

static uint8_t flags_of_tokens(const struct tokens *tokens)
{
    const bool abdul = tokens->n == 2 && pd_text_equal(tokens->items[0], PD_TEXT("ABDUL"));
    unsigned flags = tokens->n == 1 || abdul ? PD_NAME_MONONYM : 0;
    for (size_t i = 0; i < tokens->n; i++) {
        const bool balinese = i == 0 && tokens->items[i].data[0] == 'I';
        if (tokens->items[i].length == 1 && !balinese) flags |= PD_NAME_INITIAL;
    }
    return (uint8_t)flags;
}

/* ---- Names that are canonical as they stand ---- */

/* Whether a token is kept as it is wherever it stands: in none of the lists, and nothing that a rule knows. */
static bool is_plain(const struct pd_indonesia *indonesia, struct pd_text token)
{
    if (token.length < 2 || pd_text_equal(token, PD_TEXT("MD"))) return false;
    if (token.length >= 4 && memcmp(token.data, "ABDU", 4) == 0) return false;
    if (pd_is_muhammad(token) || pd_muhammad_split(token) > 0 || old_y(token) > 0) return false;
    const uint64_t hash = pd_hash_text(token);
    return !pd_lexicon_may_have(&indonesia->titles, hash) && !pd_lexicon_may_have(&indonesia->names, hash) &&
           !pd_lexicon_may_have(&indonesia->joins, hash);
}

/* Most names are plain tokens with one blank between two: how many, 0 for any other text. */
static size_t count_plain(const struct pd_indonesia *indonesia, struct pd_text text)
{
    size_t n = 0;
    if (text.length > PLAIN_LONGEST) return 0;
    for (size_t begin = 0; begin <= text.length; n++) {
        size_t end = begin;
        while (end < text.length && is_letter(text.data[end])) end++;
        if (end < text.length && text.data[end] != ' ') return 0;
        if (!is_plain(indonesia, pd_text_slice(text, begin, end))) return 0;
        begin = end + 1;
    }
    return n;
}

void pd_name_read(const struct pd_indonesia *indonesia, struct pd_text text, struct pd_name *out)
{
    out->canonical_length = 0;
    out->alias_length = 0;
    out->father_length = 0;
    out->flags = 0;
    if (pd_is_nothing(text)) return;
    const size_t n_plain = count_plain(indonesia, text);
    if (n_plain > 0) {
        memcpy(out->canonical, text.data, text.length);
        out->canonical_length = (uint8_t)text.length;
        out->flags = n_plain == 1 ? PD_NAME_MONONYM : 0;
        return;
    }
    struct pieces pieces;
    cut_into_pieces(indonesia, text, &pieces);
    struct sections sections = { .n = { 0 } };
    sort_pieces(&pieces, &sections, &out->flags);
    struct tokens tokens;
    uint8_t other_flags = 0;
    make_tokens(indonesia, sections.items[OWN], sections.n[OWN], &tokens, &out->flags);
    out->canonical_length = join(&tokens, out->canonical);
    out->flags |= flags_of_tokens(&tokens);
    if (sections.n[FATHER] > 0) {
        make_tokens(indonesia, sections.items[FATHER], sections.n[FATHER], &tokens, &other_flags);
        out->father_length = join(&tokens, out->father);
        if (out->father_length > 0) out->flags |= PD_NAME_FATHER;
    }
    if (sections.n[ALIAS] > 0) {
        make_tokens(indonesia, sections.items[ALIAS], sections.n[ALIAS], &tokens, &other_flags);
        out->alias_length = join(&tokens, out->alias);
        if (out->alias_length > 0) out->flags |= PD_NAME_ALIAS;
    }
}

struct pd_text pd_name_without_alias(struct pd_text name, struct pd_text *alias)
{
    static const char word[] = " ALIAS ";
    const size_t n = sizeof word - 1;
    *alias = (struct pd_text){ NULL, 0 };
    if (name.length <= n) return name;
    const char *const at = memmem(name.data, name.length, word, n);
    if (at == NULL) return name;
    const size_t length = (size_t)(at - name.data);
    *alias = pd_text_slice(name, length + n, name.length);
    return pd_text_slice(name, 0, length);
}
