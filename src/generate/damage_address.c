/* SPDX-License-Identifier: MIT
 * Addresses as village offices write them (DOMAIN 4.2): other abbreviations, the hamlet left out. */
#include "generate/damage_parts.h"

enum { ADDRESS_SIZE = 96 };

/* Ways of writing one word, most usual first; the first of each group is the full word. */
static const char *const words[] = {
    "JALAN JL JL. JLN JLN. JLAN",
    "GANG GG GG. GNG",
    "LORONG LR LRG LR. LRNG",
    "BLOK BLK BLK. BLOCK BL",
    "NOMOR NO NO. NMR NOMER N0.",
    "KAVLING KAV KAV. KAPLING KVL",
    "PERUMAHAN PERUM PERUM. PRM PERUMH PRMH",
    "KOMPLEK KOMP KOMP. KOMPLEKS KPLK KMPLK",
    "RAYA RY RY.",
    "DUSUN DSN DSN. DUS DUSN DS",
    "DUKUH DK DK. DKH DKH. DUKU",
    "PEDUKUHAN PADUKUHAN PDKH PED.",
    "LINGKUNGAN LINGK LINGK. LING LK LKG LINGKNGN",
    "BANJAR BR BR. BNJR BJR",
    "JORONG JRG JR JR. JRNG",
    "KAMPUNG KP KP. KMP KAMP KPG KPUNG",
    "KELURAHAN KEL KEL. KLRHN",
    "DESA DS DS.",
    "JENDERAL JEND JEND. JENDRAL",
    "SEBELAH SBLH SBLH.",
    "BELAKANG BLKG BLK.",
    "DEPAN DPN DPN.",
    "TIMUR TMR TIM.",
    "BARAT BRT BAR.",
    "UTARA UTR UT.",
    "SELATAN SLT SEL.",
    "TENGAH TGH TNGH",
};
static const char hamlet_words[] = "DUSUN DSN DUKUH DK PEDUKUHAN PADUKUHAN LINGKUNGAN LINGK LK BANJAR BR JORONG "
                                   "KAMPUNG KP LORONG";
static const char ending_words[] = "JALAN JL JLN GANG GG BLOK BLK NO NOMOR KAV PERUM PERUMAHAN KOMP KOMPLEK RT RW "
                                   "DESA KEL KELURAHAN";

static size_t word_end(const char *address, size_t begin)
{
    size_t end = begin;
    while (address[end] != 0 && address[end] != ' ' && address[end] != ',') end++;
    return end;
}

static size_t next_begin(const char *address, size_t end)
{
    while (address[end] == ' ' || address[end] == ',') end++;
    return end;
}

static struct pd_text bare(const char *address, size_t begin, size_t end)
{
    if (end > begin + 1 && address[end - 1] == '.') end--;
    return (struct pd_text){ address + begin, end - begin };
}

static bool splice(char address[96], size_t begin, size_t end, struct pd_text text)
{
    const size_t length = strlen(address);
    if (length - (end - begin) + text.length >= ADDRESS_SIZE) return false;
    memmove(address + begin + text.length, address + end, length - end + 1);
    memcpy(address + begin, text.data, text.length);
    return true;
}

static const char *find_group(struct pd_text word)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i][0] == word.data[0] && pd_word_listed(words[i], word)) return words[i];
    return NULL;
}

bool pd_address_reword(struct pd_random *random, char address[96])
{
    bool changed = false;
    for (size_t begin = next_begin(address, 0); address[begin] != 0;) {
        const size_t end = word_end(address, begin);
        const struct pd_text old = { address + begin, end - begin };
        const char *group = find_group(bare(address, begin, end));
        struct pd_text new = old;
        for (int attempt = 0; group != NULL && attempt < 8 && pd_text_equal(new, old); attempt++)
            new = pd_word_pick(group, random);
        const size_t length = pd_text_equal(new, old) ? old.length : new.length;
        const bool done = !pd_text_equal(new, old) && splice(address, begin, end, new);
        changed |= done;
        begin = next_begin(address, begin + (done ? length : old.length));
    }
    return changed;
}

bool pd_address_drop_hamlet(char address[96])
{
    for (size_t begin = next_begin(address, 0); address[begin] != 0;) {
        size_t end = word_end(address, begin);
        if (!pd_word_listed(hamlet_words, bare(address, begin, end))) {
            begin = next_begin(address, end);
            continue;
        }
        end = next_begin(address, end);
        while (address[end] != 0 && !pd_word_listed(ending_words, bare(address, end, word_end(address, end))))
            end = next_begin(address, word_end(address, end));
        if (address[end] == 0)
            while (begin > 0 && (address[begin - 1] == ' ' || address[begin - 1] == ',')) begin--;
        return splice(address, begin, end, PD_TEXT(""));
    }
    return false;
}
