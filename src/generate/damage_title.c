/* SPDX-License-Identifier: MIT
 * Titles put before and after a name or left out, the father's name, "deceased", aliases (E12, DOMAIN 2.2). */
#include "generate/damage_parts.h"
#include "generate/damage_tables.h"

const char pd_titles_man[] = "H H. HAJI DRS DRS. KH KYAI UST USTADZ GUS TGK IR IR. R KANG CAK ABAH PAK BAPAK BPK WAK "
                             "MBAH KI KAKEK SERMA KOPKA TUAN ENGKONG BANG HABIB LEBE OM TN AMANG BAPA";
const char pd_titles_woman[] = "HJ HJ. HAJJAH HJH DRA DRA. NYAI USTADZAH NY NY. BU IBU MBOK MBAK TEH CEU NENEK MAK "
                               "EMAK BIBI NINIK JANDA INANG AMBU TANTE NYONYA";
const char pd_titles_any[] = "DR DR. PROF DRG EYANG SDR PENSIUNAN KADUS";
const char pd_titles_after[] =
    "S.PD S.PD. SPD S.E SE S.H SH S.KOM S.AG S.SOS S.T ST A.MD AMD.KEB S.PD.I M.PD M.SI S.KEP "
    "BA S.HUT A.MA.PD S.TR S.TR.KEB M.TR.IP S.I.KOM S.TEK SM.HK S.DS A.MD.GZ CH.HT SP.JP "
    "M.ARS S.BNS P.HD D.III A.PTNH S.ST.PI";

static const char fathers[] =
    "ABDULLAH SULAIMAN AHMAD IBRAHIM HASAN YUSUF MUSA UMAR ALI USMAN SALEH KASIM DAUD IDRIS ISMAIL "
    "JAMIL MARZUKI SANUSI HAMZAH TALIB ARSYAD JALIL RASYID MANSUR TAHIR SARDI KARTO WIRYO DULLAH "
    "MADIN SARBINI RAMLI BAKAR SUKRI TAMRIN";
static const char nicknames[] = "ATENG UCOK BUYUNG OTONG MAMAN ENTONG ACIL ACENG OYOK KOCONG MAMAK ITEM KUNCUNG ENDUT "
                                "TITIN ENOK UPIK IYEM NONOK BUTET DEDE NANANG OPUNG YANTI GENDUT TOLE";

static bool put_before(struct pd_name *name, struct pd_text title)
{
    char text[32];
    memcpy(text, title.data, title.length);
    text[title.length] = ' ';
    return pd_name_splice(name, 0, 0, (struct pd_text){ text, title.length + 1 });
}

static bool add_before(struct pd_random *random, char sex, struct pd_name *name)
{
    const char *list = pd_chance(random, 0.15) || sex == 0 ? pd_titles_any
                       : sex == 'P'                        ? pd_titles_woman
                                                           : pd_titles_man;
    if (list != pd_titles_any && pd_chance(random, 0.4))
        return put_before(name, sex == 'P' ? PD_TEXT("HJ") : PD_TEXT("H"));
    return put_before(name, pd_word_pick(list, random));
}

static bool add_words(struct pd_name *name, struct pd_text first, struct pd_text second)
{
    const uint8_t length = name->length;
    if (pd_name_add(name, first) && (second.length == 0 || pd_name_add(name, second))) return true;
    name->length = length;
    return false;
}

static bool add_after(struct pd_random *random, struct pd_name *name)
{
    const struct pd_text title = pd_word_pick(pd_titles_after, random);
    const bool comma = pd_chance(random, 0.7);
    if (name->length + title.length + 2 > sizeof name->text) return false;
    if (comma) name->text[name->length++] = ',';
    return add_words(name, title, PD_TEXT(""));
}

static bool add_father(struct pd_random *random, char sex, struct pd_name *name)
{
    const struct pd_text father = pd_word_pick(fathers, random);
    const struct pd_text link =
        sex == 'P' ? pd_word_pick("BINTI BINTI BT BTE BINTI. BNTI", random) : pd_word_pick("BIN BIN BIN BN B.", random);
    const struct pd_text dead = pd_word_pick("ALM. ALM ALMARHUM (ALM)", random);
    const uint8_t length = name->length;
    const bool room = add_words(name, link, pd_chance(random, 0.2) ? dead : PD_TEXT(""));
    if (room && add_words(name, father, PD_TEXT(""))) return true;
    name->length = length;
    return false;
}

static bool add_alias(struct pd_random *random, struct pd_name *name)
{
    const struct pd_text alias = pd_word_pick(nicknames, random);
    char text[32];
    switch (pd_random_below(random, 3)) {
    case 0: return add_words(name, pd_word_pick("ALIAS ALS AL. ALIYAS", random), alias);
    case 1:
        text[0] = '(';
        memcpy(text + 1, alias.data, alias.length);
        text[alias.length + 1] = ')';
        return add_words(name, (struct pd_text){ text, alias.length + 2 }, PD_TEXT(""));
    default:
        text[0] = pd_chance(random, 0.5) ? '/' : '@';
        memcpy(text + 1, alias.data, alias.length);
        return add_words(name, (struct pd_text){ text, alias.length + 1 }, PD_TEXT(""));
    }
}

/* A name that has BIN or BINTI, a title in front or one after a comma loses it. */
static bool remove_title(struct pd_name *name)
{
    struct pd_text words[10];
    const size_t n = pd_name_words(pd_name_text(name), words, 10);
    for (size_t i = 1; i < n; i++)
        if (pd_word_listed("BIN BINTI BT BTE", words[i])) {
            name->length = (uint8_t)(words[i].data - name->text - 1);
            return true;
        }
    if (n < 2) return false;
    if (pd_word_listed(pd_titles_man, words[0]) || pd_word_listed(pd_titles_woman, words[0]))
        return pd_name_splice(name, 0, words[0].length + 1, PD_TEXT(""));
    return false;
}

bool pd_name_title(struct pd_random *random, char sex, struct pd_name *name)
{
    if (name->length == 0) return false;
    if (remove_title(name)) return true;
    const double point = pd_random_unit(random);
    if (point < 0.22 && add_after(random, name)) return true;
    if (point >= 0.22 && point < 0.40 && add_father(random, sex, name)) return true;
    if (point >= 0.40 && point < 0.53 && add_alias(random, name)) return true;
    if (point >= 0.53 && point < 0.56 &&
        add_words(name, pd_word_pick("ALM (ALM) ALMARHUM ALM. ALMH", random), PD_TEXT("")))
        return true;
    return add_before(random, sex, name);
}
