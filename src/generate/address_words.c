/* SPDX-License-Identifier: MIT
 * Streets are called after heroes, trees and flowers everywhere, hamlets after what grows or lies there. */
#include "generate/address_words.h"

struct pd_text pd_street_word(uint64_t n)
{
    static const struct pd_text words[] = {
        PD_TEXT("MERDEKA"),       PD_TEXT("SUDIRMAN"),   PD_TEXT("DIPONEGORO"),   PD_TEXT("AHMAD YANI"),
        PD_TEXT("GATOT SUBROTO"), PD_TEXT("KARTINI"),    PD_TEXT("PAHLAWAN"),     PD_TEXT("PEMUDA"),
        PD_TEXT("VETERAN"),       PD_TEXT("GAJAH MADA"), PD_TEXT("HAYAM WURUK"),  PD_TEXT("IMAM BONJOL"),
        PD_TEXT("HASANUDDIN"),    PD_TEXT("PATTIMURA"),  PD_TEXT("MELATI"),       PD_TEXT("MAWAR"),
        PD_TEXT("KENANGA"),       PD_TEXT("ANGGREK"),    PD_TEXT("CEMPAKA"),      PD_TEXT("DAHLIA"),
        PD_TEXT("FLAMBOYAN"),     PD_TEXT("CENDANA"),    PD_TEXT("MANGGA"),       PD_TEXT("RAMBUTAN"),
        PD_TEXT("KELAPA"),        PD_TEXT("BERINGIN"),   PD_TEXT("RAJAWALI"),     PD_TEXT("GARUDA"),
        PD_TEXT("MERPATI"),       PD_TEXT("KUTILANG"),   PD_TEXT("SEKOLAH"),      PD_TEXT("PASAR BARU"),
        PD_TEXT("MASJID AGUNG"),  PD_TEXT("STASIUN"),    PD_TEXT("PELABUHAN"),    PD_TEXT("PERINTIS KEMERDEKAAN"),
        PD_TEXT("SLAMET RIYADI"), PD_TEXT("TEUKU UMAR"), PD_TEXT("SULTAN AGUNG"), PD_TEXT("WAHIDIN"),
        PD_TEXT("SUPRATMAN"),     PD_TEXT("CIPTO"),      PD_TEXT("KARYA"),        PD_TEXT("USAHA"),
        PD_TEXT("BAKTI"),         PD_TEXT("DAMAI"),      PD_TEXT("SEJAHTERA"),    PD_TEXT("MAKMUR"),
    };
    return words[n % (sizeof words / sizeof *words)];
}

struct pd_text pd_hamlet_word(uint64_t n)
{
    static const struct pd_text words[] = {
        PD_TEXT("KRAJAN"),       PD_TEXT("SUKAMAJU"),     PD_TEXT("SUKASARI"),     PD_TEXT("SUKAMULYA"),
        PD_TEXT("MEKARSARI"),    PD_TEXT("MEKARJAYA"),    PD_TEXT("SIDOMULYO"),    PD_TEXT("SIDOREJO"),
        PD_TEXT("SIDODADI"),     PD_TEXT("KARANGANYAR"),  PD_TEXT("KARANGREJO"),   PD_TEXT("KARANGTENGAH"),
        PD_TEXT("TANJUNGSARI"),  PD_TEXT("TANJUNGJAYA"),  PD_TEXT("WONOREJO"),     PD_TEXT("WONOSARI"),
        PD_TEXT("BANJARSARI"),   PD_TEXT("BANJAREJO"),    PD_TEXT("PURWOSARI"),    PD_TEXT("PURWODADI"),
        PD_TEXT("SUMBERSARI"),   PD_TEXT("SUMBEREJO"),    PD_TEXT("CEMPAKA"),      PD_TEXT("MAWAR"),
        PD_TEXT("MELATI"),       PD_TEXT("KENANGA"),      PD_TEXT("ASAM"),         PD_TEXT("KAMPUNG BARU"),
        PD_TEXT("PASIR PUTIH"),  PD_TEXT("BATU MERAH"),   PD_TEXT("TANAH TINGGI"), PD_TEXT("AIR PANAS"),
        PD_TEXT("LEMBAH HIJAU"), PD_TEXT("BUKIT INDAH"),  PD_TEXT("PADANG LUAS"),  PD_TEXT("MUARA"),
        PD_TEXT("KELAPA DUA"),   PD_TEXT("PONDOK BAMBU"), PD_TEXT("CIKARET"),      PD_TEXT("CIBOGO"),
        PD_TEXT("BABAKAN"),      PD_TEXT("PASIRJAYA"),    PD_TEXT("NGEMPLAK"),     PD_TEXT("NGLEBAK"),
        PD_TEXT("GONDANG"),      PD_TEXT("KEPUH"),        PD_TEXT("WARU"),         PD_TEXT("RANDU"),
        PD_TEXT("JATI"),         PD_TEXT("TEGAL"),        PD_TEXT("KEDUNG"),       PD_TEXT("SAWAH"),
        PD_TEXT("KEBON"),        PD_TEXT("LOR"),          PD_TEXT("KIDUL"),        PD_TEXT("WETAN"),
        PD_TEXT("KULON"),        PD_TEXT("TENGAH"),       PD_TEXT("HILIR"),        PD_TEXT("HULU"),
    };
    return words[n % (sizeof words / sizeof *words)];
}

struct pd_text pd_hamlet_kind(unsigned province)
{
    switch (province) {
    case 13: return PD_TEXT("JORONG");
    case 31:
    case 32:
    case 36: return PD_TEXT("KAMPUNG");
    case 51: return PD_TEXT("BANJAR");
    case 73:
    case 74: return PD_TEXT("LINGKUNGAN");
    default: return PD_TEXT("DUSUN");
    }
}
