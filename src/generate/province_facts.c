/* SPDX-License-Identifier: MIT
 * People per province in millions (rounded, general knowledge) and peoples whose way of naming is common there (an
 * assumption: peoples without a list of their own stand under the nearest one, Dayak and Toraja under the east, Bima
 * under the Malays). */
#include "generate/province_facts.h"

const struct pd_province_facts pd_province_facts[] = {
    { 11, 5.6, { { PD_ACEH, 75 }, { PD_JAVA, 10 }, { PD_MALAY, 8 }, { PD_BATAK, 7 } } },
    { 12, 15.5, { { PD_BATAK, 48 }, { PD_JAVA, 32 }, { PD_MALAY, 12 }, { PD_CHINESE, 4 }, { PD_MINANG, 4 } } },
    { 13, 5.8, { { PD_MINANG, 90 }, { PD_JAVA, 5 }, { PD_BATAK, 5 } } },
    { 14, 6.8, { { PD_MALAY, 44 }, { PD_JAVA, 28 }, { PD_BATAK, 14 }, { PD_MINANG, 12 }, { PD_CHINESE, 2 } } },
    { 15, 3.8, { { PD_MALAY, 55 }, { PD_JAVA, 32 }, { PD_MINANG, 6 }, { PD_BATAK, 4 }, { PD_SUNDA, 3 } } },
    { 16, 8.9, { { PD_MALAY, 62 }, { PD_JAVA, 30 }, { PD_SUNDA, 6 }, { PD_CHINESE, 2 } } },
    { 17, 2.1, { { PD_MALAY, 65 }, { PD_JAVA, 25 }, { PD_MINANG, 5 }, { PD_SUNDA, 5 } } },
    { 18, 9.2, { { PD_JAVA, 64 }, { PD_MALAY, 24 }, { PD_SUNDA, 10 }, { PD_BALI, 2 } } },
    { 19, 1.5, { { PD_MALAY, 70 }, { PD_JAVA, 14 }, { PD_CHINESE, 10 }, { PD_BUGIS, 6 } } },
    { 21, 2.2, { { PD_MALAY, 38 }, { PD_JAVA, 26 }, { PD_BATAK, 16 }, { PD_MINANG, 12 }, { PD_CHINESE, 8 } } },
    { 31,
      11.0,
      { { PD_JAVA, 36 }, { PD_BETAWI, 30 }, { PD_SUNDA, 15 }, { PD_CHINESE, 7 }, { PD_BATAK, 6 }, { PD_MINANG, 6 } } },
    { 32, 52.2, { { PD_SUNDA, 76 }, { PD_JAVA, 14 }, { PD_BETAWI, 7 }, { PD_BATAK, 2 }, { PD_CHINESE, 1 } } },
    { 33, 38.3, { { PD_JAVA, 97 }, { PD_SUNDA, 2 }, { PD_CHINESE, 1 } } },
    { 34, 3.7, { { PD_JAVA, 97 }, { PD_SUNDA, 1 }, { PD_CHINESE, 1 }, { PD_BATAK, 1 } } },
    { 35, 41.8, { { PD_JAVA, 80 }, { PD_MADURA, 18 }, { PD_CHINESE, 1 }, { PD_BALI, 1 } } },
    { 36, 12.5, { { PD_SUNDA, 58 }, { PD_JAVA, 18 }, { PD_BETAWI, 16 }, { PD_CHINESE, 4 }, { PD_BATAK, 4 } } },
    { 51, 4.4, { { PD_BALI, 86 }, { PD_JAVA, 9 }, { PD_SASAK, 3 }, { PD_CHINESE, 2 } } },
    { 52, 5.7, { { PD_SASAK, 68 }, { PD_MALAY, 24 }, { PD_BALI, 4 }, { PD_JAVA, 4 } } },
    { 53, 5.7, { { PD_EAST, 96 }, { PD_JAVA, 2 }, { PD_CHINESE, 2 } } },
    { 61,
      5.6,
      { { PD_MALAY, 40 }, { PD_EAST, 30 }, { PD_JAVA, 12 }, { PD_CHINESE, 9 }, { PD_MADURA, 5 }, { PD_BUGIS, 4 } } },
    { 62, 2.8, { { PD_EAST, 34 }, { PD_BANJAR, 30 }, { PD_JAVA, 24 }, { PD_MADURA, 6 }, { PD_BUGIS, 6 } } },
    { 63, 4.3, { { PD_BANJAR, 74 }, { PD_JAVA, 16 }, { PD_BUGIS, 6 }, { PD_MADURA, 4 } } },
    { 64, 4.1, { { PD_JAVA, 30 }, { PD_BUGIS, 24 }, { PD_BANJAR, 20 }, { PD_MALAY, 14 }, { PD_EAST, 12 } } },
    { 65, 0.7, { { PD_BUGIS, 34 }, { PD_JAVA, 26 }, { PD_EAST, 20 }, { PD_BANJAR, 10 }, { PD_MALAY, 10 } } },
    { 71, 2.7, { { PD_MINAHASA, 78 }, { PD_BUGIS, 8 }, { PD_JAVA, 6 }, { PD_MALAY, 5 }, { PD_CHINESE, 3 } } },
    { 72, 3.2, { { PD_BUGIS, 50 }, { PD_EAST, 20 }, { PD_JAVA, 16 }, { PD_BALI, 8 }, { PD_MALAY, 6 } } },
    { 73, 9.4, { { PD_BUGIS, 88 }, { PD_EAST, 8 }, { PD_JAVA, 4 } } },
    { 74, 2.8, { { PD_BUGIS, 80 }, { PD_JAVA, 12 }, { PD_BALI, 4 }, { PD_EAST, 4 } } },
    { 75, 1.2, { { PD_BUGIS, 60 }, { PD_MINAHASA, 20 }, { PD_JAVA, 12 }, { PD_MALAY, 8 } } },
    { 76, 1.5, { { PD_BUGIS, 82 }, { PD_JAVA, 10 }, { PD_EAST, 5 }, { PD_BALI, 3 } } },
    { 81, 1.9, { { PD_EAST, 72 }, { PD_BUGIS, 14 }, { PD_MALAY, 8 }, { PD_JAVA, 6 } } },
    { 82, 1.4, { { PD_MALAY, 42 }, { PD_EAST, 40 }, { PD_BUGIS, 10 }, { PD_JAVA, 8 } } },
    { 91, 1.1, { { PD_EAST, 70 }, { PD_JAVA, 17 }, { PD_BUGIS, 13 } } },
    { 92, 0.6, { { PD_EAST, 66 }, { PD_JAVA, 19 }, { PD_BUGIS, 15 } } },
    { 93, 0.5, { { PD_EAST, 68 }, { PD_JAVA, 22 }, { PD_BUGIS, 10 } } },
    { 94, 1.4, { { PD_EAST, 84 }, { PD_JAVA, 10 }, { PD_BUGIS, 6 } } },
    { 95, 1.5, { { PD_EAST, 96 }, { PD_JAVA, 2 }, { PD_BUGIS, 2 } } },
    { 96, 0.6, { { PD_EAST, 62 }, { PD_JAVA, 22 }, { PD_BUGIS, 16 } } },
};
const size_t pd_n_province_facts = sizeof pd_province_facts / sizeof *pd_province_facts;

const struct pd_province_facts *pd_province_find(unsigned code)
{
    for (size_t i = 0; i < pd_n_province_facts; i++)
        if (pd_province_facts[i].code == code) return &pd_province_facts[i];
    return NULL;
}
