/* SPDX-License-Identifier: MIT
 * Other spellings of a name (E10): whole words known to be spelt in many ways, else one change of letters by the habits
 * of DOMAIN 2.4 (old orthography, Arabic transcription, vowels, doubled letters). */
#include "generate/damage_parts.h"
#include "generate/damage_tables.h"

/* Sorted by word. Written for this generator from general knowledge. */
const struct pd_word_variants pd_spellings[] = {
    { "ABDULLAH", "ABDULOH ABDULLOH ABDUALLAH ABDOELLAH ABDULAH" },
    { "ABDURRAHMAN", "ABDURROHMAN ABDURAHMAN ABDUROHMAN ABDURACHMAN ABDOERRACHMAN" },
    { "AISYAH", "AISAH AISHA AISHAH AISJAH AISYA ASIYAH AESYAH" },
    { "AMINAH", "AMINA AMEENAH AMINNAH AMMINAH" },
    { "ARIF", "ARIEF ARIP ARIFF ARIEP AREF" },
    { "ARIFIN", "ARIPIN ARIEFIN ARIVIN ARIFIEN" },
    { "AZIZ", "AZIS ASIS ASIZ AJIS AJIZ AZIES" },
    { "BADRIAH", "BADRIYAH BADERIAH BADRIA BADRIYYAH" },
    { "CAHYONO", "CAHJONO TJAHYONO TJAHJONO CAHIONO CAHYANA" },
    { "DEWI", "DEWIE DEWY DEVI DHEWI" },
    { "DWI", "DWIE DWY DUWI DHWI" },
    { "EKO", "EKKO EKHO ECKO" },
    { "ERNAWATI", "ERNAWATY HERNAWATI ERNAWATIE IRNAWATI" },
    { "FATIMAH", "PATIMAH FATIMA FATHIMAH PATMAH FATIMMAH FATMAH" },
    { "FAUZI", "PAUZI FAUZY FAUJI FAUSI FAWZI PAUJI" },
    { "FITRI", "FITRIE FITRY PITRI FITHRI PITRIE" },
    { "HADI", "HADIE HADY HADHI" },
    { "HALIMAH", "HALIMA KHALIMAH CHALIMAH ALIMAH HALIMMAH" },
    { "HAMZAH", "HAMJAH HAMSAH HAMZA KHAMZAH" },
    { "HARTONO", "HARTANA HARTHONO HARTONNO" },
    { "HASAN", "HASSAN KHASAN CHASAN HASEN" },
    { "HASANAH", "KHASANAH CHASANAH HASANA HASSANAH" },
    { "HENDRA", "HENDERA HENDRAH HINDRA ENDRA" },
    { "HERMAN", "HERMANN HERMEN HERRMAN ERMAN" },
    { "HIDAYAT", "HIDAJAT HIDAYATH HIDAYAD HIDHAYAT" },
    { "HUSAIN", "HUSEIN HUSEN HUSIN HUSSEIN CHUSAIN HOESEIN" },
    { "IBRAHIM", "IBROHIM IBRAHEM EBRAHIM IBRAHIEM IBERAHIM" },
    { "ILHAM", "ILHAAM ELHAM IHLAM ILKHAM" },
    { "IMAM", "IMAAM EMAM IMMAM" },
    { "INDAH", "INDA INDHAH ENDAH" },
    { "ISMAIL", "ISMAEL ISMAIEL ISMAIIL ESMAIL ISMAILL" },
    { "JAMAL", "DJAMAL ZAMAL JAMALL JAMMAL" },
    { "JOKO", "DJOKO JAKA DJAKA JOKKO" },
    { "JUNAIDI", "DJUNAIDI JUNAEDI JUNAIDY DJUNAEDI JUNEDI JUNEIDI" },
    { "KARTINI", "KARTINIE KARTINY KARTHINI CARTINI" },
    { "KHADIJAH", "KHADIDJAH KODIJAH CHADIDJAH KHADIZAH HADIJAH KATIJAH" },
    { "KURNIAWAN", "KURNYAWAN KOERNIAWAN KURNIAWANN KURNAWAN" },
    { "LESTARI", "LISTARI LESTARIE LESTARY LASTARI" },
    { "LUTFI", "LUTHFI LUTPI LUTHFIE LUTFY LOETFI" },
    { "MARYAM", "MARIAM MARIYAM MARJAM MERYAM" },
    { "MULYADI", "MOELJADI MULIADI MULYADIE MULJADI MULYADY" },
    { "MULYONO", "MOELJONO MULIONO MULJONO MULYANA" },
    { "NASUTION", "NASUTIAN NASOETION NASUTIONN NST" },
    { "NINGSIH", "NENGSIH NINGSI NINGSIE NINGSEH" },
    { "NURHAYATI", "NURHAJATI NOERHAJATI NURHAYATIE NURHAYATY NOORHAYATI" },
    { "NURJANAH", "NURJANNAH NURDJANAH NURZANAH NURJANA NOERDJANNAH" },
    { "PRASETYO", "PRASETIYO PRASETIO PRASETYA PRASTYO PRASETJO" },
    { "RAHAYU", "RAHAJU RAHAYOE ROHAYU RAHAYUH" },
    { "RAHMAN", "ROHMAN RACHMAN RAKHMAN RAHMANN RACHMANN" },
    { "RAHMAT", "RACHMAT ROHMAT RAKHMAT RAHMAD ROCHMAT" },
    { "RAHMAWATI", "ROHMAWATI RACHMAWATI RAHMAWATY RAKHMAWATI" },
    { "RAMADHAN", "RAMADAN ROMADHON RAMADHON RAMADLAN ROMADLON RAMADHANN" },
    { "RATNA", "RATENA RATNAH RETNA RATHNA" },
    { "RIZKI", "RISKI RIZKY RIZQI RIZQY RISKY RIJKI RIZKIE" },
    { "ROHANI", "ROCHANI ROHANIE ROHANY RUHANI" },
    { "RUSDI", "ROESDI RUSDY RUSDIE RUSYDI" },
    { "SALEH", "SHOLEH SOLEH SALIH SHALEH SOLIH" },
    { "SANTOSO", "SANTOSA SENTOSO SANTHOSO SANTOZO" },
    { "SETIAWAN", "SETYAWAN SETIYAWAN SETIAWANN STIAWAN SETJAWAN" },
    { "SIREGAR", "SIREGER SIREGARR SEREGAR SRG" },
    { "SLAMET", "SELAMET SLAMED SELAMAT SELAMED SLAMETT" },
    { "SOLEHAH", "SHOLEHAH SHALIHAH SOLIHAH SALEHAH SOLEHA" },
    { "SRI", "SERI SRIE SRY SRIH" },
    { "SUHARTO", "SOEHARTO SUHARTA SUHARTHO SOEHARTHO" },
    { "SULAIMAN", "SULAEMAN SULEMAN SOELAIMAN SULEIMAN SULAYMAN" },
    { "SULASTRI", "SOELASTRI SULASTERI SULASTRIE SULASTRY" },
    { "SUMARNI", "SOEMARNI SUMARNIE SUMARNY SUMERNI" },
    { "SUMIATI", "SUMIYATI SOEMIATI SUMYATI SUMIATY SUMIJATI" },
    { "SUNARTI", "SOENARTI SUNARTIE SUNERTI SUNARTY" },
    { "SUPARDI", "SOEPARDI SUPARDY SUPARDIE SUPERDI" },
    { "SUPARMAN", "SOEPARMAN SUPERMAN SUPARMANN SOEPERMAN" },
    { "SUPRIYANTO", "SUPRIANTO SOEPRIJANTO SUPRIJANTO SUPRIYANTHO SUPRYANTO" },
    { "SURYANI", "SURIANI SURJANI SOERJANI SURYANIE SURIYANI" },
    { "SUTRISNO", "SOETRISNO SUTRISNA SUTERISNO SUTRISNHO" },
    { "SUWARNO", "SOEWARNO SUARNO SUWARNA SUWERNO" },
    { "SYAIFUL", "SAIFUL SAEFUL SYAEFUL SJAIFUL SAEPUL SAIPUL" },
    { "SYARIF", "SARIF SARIP SYARIEF SJARIF SHARIF SARIEF" },
    { "TAUFIK", "TAUFIQ TOFIK TAUPIK TAOFIK TAUFIEK TOPIK" },
    { "TRI", "TRIE TERI TRY TRIEH" },
    { "UMAR", "OEMAR OMAR UMARR UMER" },
    { "USMAN", "UTSMAN OESMAN OSMAN USMANN USMEN" },
    { "WAHYU", "WAHJU WAHYOE WAHYUH WAHIU" },
    { "WAHYUDI", "WAHJUDI WAHYOEDI WAHYUDIE WAHIUDI WAHYUDY" },
    { "WAHYUNI", "WAHJUNI WAHYUNIE WAHYOENI WAHIUNI WAHYUNY" },
    { "WIBOWO", "WIBAWA WIBOWOH WIEBOWO WIBBOWO" },
    { "YULIANTI", "JULIANTI YULIYANTI YULYANTI JULIJANTI YULIANTY" },
    { "YUNUS", "JUNUS JOENOES YUNOES YUNNUS" },
    { "YUSUF", "YUSUP JUSUF JOESOEF YUSUPH JUSUP YOESOEF YUSSUF" },
    { "ZAENAL", "ZAINAL JAENAL JAINAL ZAENALL SAENAL" },
    { "ZAINAB", "ZAENAB JAENAB JENAB ZAINAP SAINAB ZEINAB" },
};
const size_t pd_n_spellings = sizeof pd_spellings / sizeof *pd_spellings;

/* One habit of spelling, letters to letters; place: '*' anywhere, '^' at the start of a word, '$' at its end, '-'
 * between its ends. */
static const struct habit {
    const char *from, *to;
    char place;
    uint8_t weight;
} habits[] = {
    { "U", "OE", '*', 3 },         { "OE", "U", '*', 8 },        { "C", "TJ", '*', 2 },
    { "TJ", "C", '*', 8 },         { "J", "DJ", '*', 3 },        { "DJ", "J", '*', 8 },
    { "NY", "NJ", '*', 3 },        { "SY", "SJ", '*', 3 },       { "Y", "J", '*', 2 },
    { "KH", "CH", '*', 5 },        { "CH", "KH", '*', 5 },       { "CH", "H", '*', 3 },
    { "KH", "H", '*', 4 },         { "KH", "K", '*', 3 },        { "SY", "S", '*', 6 },
    { "SH", "S", '*', 6 },         { "SY", "SH", '*', 4 },       { "TH", "T", '*', 5 },
    { "TS", "S", '*', 5 },         { "DH", "D", '*', 5 },        { "DH", "DL", '*', 2 },
    { "DZ", "Z", '*', 4 },         { "DZ", "J", '*', 3 },        { "GH", "G", '*', 5 },
    { "PH", "F", '*', 4 },         { "F", "P", '*', 6 },         { "F", "V", '*', 2 },
    { "V", "F", '*', 4 },          { "V", "P", '*', 3 },         { "Z", "J", '*', 5 },
    { "Z", "S", '*', 5 },          { "Q", "K", '*', 6 },         { "X", "KS", '*', 5 },
    { "AI", "AE", '*', 5 },        { "AI", "EI", '*', 2 },       { "AE", "AI", '*', 5 },
    { "AU", "AO", '*', 2 },        { "AU", "O", '*', 2 },        { "IYA", "IA", '*', 5 },
    { "IA", "IYA", '*', 5 },       { "IO", "IYO", '*', 4 },      { "IYO", "IO", '*', 4 },
    { "YU", "JU", '^', 3 },        { "UWA", "UA", '*', 5 },      { "UA", "UWA", '*', 3 },
    { "IE", "I", '*', 5 },         { "OO", "U", '*', 5 },        { "EE", "I", '*', 4 },
    { "LL", "L", '*', 5 },         { "NN", "N", '*', 5 },        { "MM", "M", '*', 5 },
    { "SS", "S", '*', 5 },         { "RR", "R", '*', 5 },        { "DD", "D", '*', 5 },
    { "L", "LL", '-', 1 },         { "N", "NN", '-', 1 },        { "S", "SS", '-', 1 },
    { "H", "", '$', 5 },           { "A", "AH", '$', 3 },        { "AH", "OH", '$', 4 },
    { "OH", "AH", '$', 4 },        { "I", "Y", '$', 4 },         { "Y", "I", '$', 5 },
    { "I", "IE", '$', 2 },         { "O", "A", '$', 4 },         { "A", "O", '$', 2 },
    { "D", "T", '$', 4 },          { "B", "P", '$', 4 },         { "T", "D", '$', 2 },
    { "K", "Q", '$', 2 },          { "K", "", '$', 1 },          { "D", "DH", '*', 1 },
    { "T", "TH", '*', 1 },         { "RAHM", "ROHM", '*', 8 },   { "ROHM", "RAHM", '*', 8 },
    { "SALE", "SOLE", '*', 8 },    { "KHAI", "KHOI", '*', 8 },   { "KHOI", "KHAI", '*', 8 },
    { "SULA", "SULE", '*', 4 },    { "SETI", "STI", '^', 3 },    { "SEL", "SL", '^', 4 },
    { "SER", "SR", '^', 3 },       { "ER", "IR", '^', 2 },       { "HAS", "KHAS", '^', 3 },
    { "UDD", "UD", '*', 5 },       { "UDIN", "UDDIN", '$', 4 },  { "MA'", "MA", '*', 9 },
    { "JUM", "DJOEM", '^', 1 },    { "YA", "JA", '^', 2 },       { "YO", "JO", '^', 3 },
    { "WATI", "WATY", '$', 4 },    { "YANTI", "IANTI", '$', 4 }, { "YANTO", "IANTO", '$', 4 },
    { "IANTO", "IYANTO", '$', 4 }, { "E", "I", '*', 1 },         { "I", "E", '*', 1 },
};

static bool habit_fits(const struct habit *habit, const struct pd_name *name, size_t at)
{
    const size_t length = strlen(habit->from), end = at + length;
    if (end > name->length || memcmp(name->text + at, habit->from, length) != 0) return false;
    const bool first = at == 0 || name->text[at - 1] == ' ', last = end == name->length || name->text[end] == ' ';
    switch (habit->place) {
    case '^': return first;
    case '$': return last && !first;
    case '-': return !first && !last;
    default: return true;
    }
}

/* One fitting (habit, place) drawn by weight. */
static bool apply_habit(struct pd_random *random, struct pd_name *name)
{
    const struct habit *chosen = NULL;
    size_t place = 0;
    uint64_t sum = 0;
    for (size_t at = 0; at < name->length; at++)
        for (size_t i = 0; i < sizeof habits / sizeof *habits; i++) {
            if (habits[i].from[0] != name->text[at] || !habit_fits(&habits[i], name, at)) continue;
            sum += habits[i].weight;
            if (pd_random_below(random, sum) >= habits[i].weight) continue;
            chosen = &habits[i];
            place = at;
        }
    return chosen != NULL && pd_name_splice(name, place, place + strlen(chosen->from), pd_text_of(chosen->to));
}

const struct pd_word_variants *pd_word_variants_find(const struct pd_word_variants *table, size_t n,
                                                     struct pd_text word)
{
    size_t begin = 0;
    while (begin < n) {
        const size_t middle = begin + (n - begin) / 2;
        const int order = pd_text_compare(pd_text_of(table[middle].word), word);
        if (order == 0) return &table[middle];
        if (order < 0)
            begin = middle + 1;
        else
            n = middle;
    }
    return NULL;
}

static bool apply_known(struct pd_random *random, struct pd_name *name)
{
    struct pd_text words[8];
    const size_t n = pd_name_words(pd_name_text(name), words, 8);
    for (size_t i = 0; i < n; i++) {
        const struct pd_word_variants *known = pd_word_variants_find(pd_spellings, pd_n_spellings, words[i]);
        if (known == NULL || !pd_chance(random, 0.6)) continue;
        const size_t begin = (size_t)(words[i].data - name->text);
        return pd_name_splice(name, begin, begin + words[i].length, pd_word_pick(known->variants, random));
    }
    return false;
}

/* What fits every name: a letter written twice. */
static bool double_letter(struct pd_random *random, struct pd_name *name)
{
    if (name->length == 0) return false;
    const size_t at = pd_random_below(random, name->length);
    const char letter = name->text[at] == ' ' ? name->text[0] : name->text[at];
    const size_t place = name->text[at] == ' ' ? 0 : at;
    return pd_name_splice(name, place, place, (struct pd_text){ &letter, 1 });
}

bool pd_name_respell(struct pd_random *random, struct pd_name *name)
{
    if (name->length == 0) return false;
    return apply_known(random, name) || apply_habit(random, name) || double_letter(random, name);
}
